/** An answer that is not the one that was asked for. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
  }
}

const reasonIn = (body: unknown): string | undefined => {
  if (typeof body !== 'object' || body === null) return undefined;
  const [reason] = ['reason', 'message'].map((name) => Reflect.get(body, name)).filter((text) => text !== undefined);
  return typeof reason === 'string' ? reason : undefined;
};

/** What the service says of why it refused. */
export const refusalOf = async (answer: Response): Promise<Refusal> => {
  const body: unknown = await answer.json().catch(() => undefined);
  return new Refusal(answer.status, reasonIn(body) ?? `the service answered ${answer.status}`);
};

/** For a person, whatever was thrown. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof Refusal) return error.message;
  // What `fetch` throws has a text of the browser's own.
  if (error instanceof TypeError) return 'the service cannot be reached';
  return error instanceof Error ? error.message : String(error);
};
