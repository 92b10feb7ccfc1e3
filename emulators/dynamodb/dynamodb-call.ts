import type { IncomingMessage, ServerResponse } from 'node:http';

/** The operation that a request is for, e.g. `PutItem`. */
export const operationOf = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target']).replace(/^.*\./, '');

interface Refusal {
  readonly status: number;
  /** Name of the exception, with its namespace. */
  readonly type: string;
  readonly message: string;
}

export const refuse = (response: ServerResponse, { status, type, message }: Refusal): void => {
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
    .end(JSON.stringify({ __type: type, message }));
};
