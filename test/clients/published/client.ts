import type * as z from 'zod';
import { error, frameworkError, infraError, type Language, modelsFor } from './models.ts';
import { operationsWith, type PublishedOperation, type PublishedOperations } from './operations.ts';

interface Call {
  /** Of the record that the path names. */
  readonly id?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

type Answer<Name extends PublishedOperation> = z.output<PublishedOperations[Name]['answer']>;

/** An error that the operation declares, with a body that the clients can read. */
export class DeclaredError extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

const readError = async (answer: Response): Promise<DeclaredError> => {
  const { status } = answer;
  const body: unknown = await answer.json();
  if (status === 401 || status === 403) return new DeclaredError(status, infraError.parse(body).message);
  const framework = frameworkError.safeParse(body);
  return new DeclaredError(status, framework.success ? framework.data.message : error.parse(body).reason);
};

const readBody = async (answer: Response): Promise<unknown> => {
  if (answer.status === 204) return undefined;
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
  return isJson ? answer.json() : answer.bytes();
};

/**
 * Calls the API as a client that was generated from the published description does: it takes the declared statuses and
 * the declared shapes, and throws at anything else.
 */
export const publishedClient = (url: string, language: Language) => {
  const operations = operationsWith(modelsFor(language));

  return async <Name extends PublishedOperation>(name: Name, call: Call = {}): Promise<Answer<Name>> => {
    const { request, status, answer: model, errors } = operations[name];
    const [method = '', path = ''] = request.split(' ');
    const query = new URLSearchParams(call.query).toString();
    const address = `${url}/api/assisted-install${path.replace('{id}', call.id ?? '')}${query === '' ? '' : `?${query}`}`;
    const answer = await fetch(address, {
      method,
      headers: {
        accept: name === 'v2DownloadInfraEnvFiles' ? 'application/octet-stream' : 'application/json',
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    if ((errors as readonly number[]).includes(answer.status)) throw await readError(answer);
    if (answer.status !== status) throw new Error(`${name}: undeclared status ${answer.status}`);
    return model.parse(await readBody(answer)) as Answer<Name>;
  };
};

export type PublishedClient = ReturnType<typeof publishedClient>;
