import * as z from 'zod';
import { CommandFailure } from '#adapters/command-failure.ts';
import { excerpt } from '#domain/values/printable.ts';

/** Adds to a request what shows who asks. */
export type Sign = (request: Request) => Promise<Request>;

export interface Access {
  readonly signal: AbortSignal;
  /** For the Authorization header; never shown. */
  readonly token: string | undefined;
  /** Instead of a token. */
  readonly sign?: Sign;
}

export interface Asked extends Access {
  readonly api: string;
  /** Below the API's address. */
  readonly path: string;
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: object | string;
}

/** Longer than any gateway waits for the first generation of an ignition. */
const patienceMs = 60_000;
/** Far more than an embed area takes. */
const largestAnswer = 16 * 1024 * 1024;

export const unreachable = (api: string, error: unknown): CommandFailure => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new CommandFailure(`the API at ${api} does not answer${code}: start it, or name its address with --api`);
};

/** The two shapes in which the API says what is wrong, and the gateway's before it, which has no code. */
const refusal = z.object({ reason: z.string() }).or(z.object({ message: z.string(), code: z.number().optional() }));

type Said = z.infer<typeof refusal>;

const saidIn = (bytes: Buffer): Said | undefined => {
  try {
    return refusal.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
};

/** Of several reasons each has a line of its own; here all are on one. */
const reasonOf = (said: Said): string =>
  `: ${excerpt(('reason' in said ? said.reason : said.message).replaceAll(/\s+/g, ' ').trim())}`;

/** The API's own 403, other than the gateway's, is about somebody whom it knows: another token would not help. */
const asksForToken = (status: number, said: Said | undefined): boolean =>
  status === 401 || (status === 403 && (said === undefined || ('message' in said && said.code === undefined)));

/** What the API says instead of doing what it was asked for. */
export class Refused extends CommandFailure {
  readonly status: number;

  constructor(status: number, body: Buffer) {
    const said = saidIn(body);
    const advice = asksForToken(status, said) ? '; put a valid token into OVE_IGNITION_TOKEN' : '';
    super(`the API refuses with HTTP ${status}${said === undefined ? '' : reasonOf(said)}${advice}`);
    this.status = status;
  }
}

const contentOf = async ({ body }: Response): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.length;
    if (size > largestAnswer) throw new CommandFailure(`the API answers with more than ${largestAnswer} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
};

const requestOf = ({ api, path, method = 'GET', body, token }: Asked, signal: AbortSignal): Request =>
  new Request(`${api.replace(/\/+$/, '')}${path}`, {
    method,
    signal,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/**
 * Asks the API. It follows the link to an artifact; fetch sends the Authorization header to the API's own origin alone.
 *
 * @throws CommandFailure, a Refused when the API answers with another status than one of success
 */
export const askApi = async (asked: Asked): Promise<Buffer> => {
  const { api, signal, sign = async (request) => request } = asked;
  const either = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  try {
    const response = await fetch(await sign(requestOf(asked, either)));
    const content = await contentOf(response);
    if (!response.ok) throw new Refused(response.status, content);
    return content;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof CommandFailure ? error : unreachable(api, error);
  }
};
