import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { callerOf } from '../iam/access-control.ts';
import { readBody } from './read-body.ts';
import { serve } from './serve.ts';

export type Operations = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;

/** Refuses a call that its caller, an access key id, may not make. @throws ServiceException */
export type Guard = (caller: string, operation: string, input: unknown) => void;

/** An error as a service of AWS answers it: its name is the exception's. */
export interface ServiceException extends Error {
  readonly statusCode: number;
}

export const serviceException = (name: string, message: string, statusCode = 400): ServiceException =>
  Object.assign(new Error(message), { name, statusCode });

const isServiceException = (error: unknown): error is ServiceException =>
  error instanceof Error && 'statusCode' in error;

const requestLimit = 16 * 1024 * 1024;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const failed = (error: unknown): Answer => {
  if (isServiceException(error)) {
    return { status: error.statusCode, body: { __type: error.name, message: error.message } };
  }
  console.error('a stand-in failed:', error);
  return { status: 500, body: { __type: 'InternalServerError', message: 'The request processing has failed.' } };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw serviceException('SerializationException', 'The body is not JSON');
  }
};

/**
 * Serves a service that speaks AWS JSON 1.0 or 1.1: `POST /` with the operation in `X-Amz-Target`. Signatures are not
 * checked.
 *
 * @param prefix the part of `X-Amz-Target` before the operation, e.g. `AWSStepFunctions`
 */
export const awsJsonServer = (prefix: string, operations: Operations, guard: Guard = () => undefined): Server => {
  const operationOf = (request: IncomingMessage) => {
    const [service, name] = String(request.headers['x-amz-target']).split('.');
    const known = service === prefix && name !== undefined && Object.hasOwn(operations, name);
    const operation = known ? operations[name] : undefined;
    if (name === undefined || operation === undefined)
      throw serviceException('UnknownOperationException', `${prefix} has no ${name} here`);
    return { name, operation };
  };

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    try {
      const body = await readBody(request, requestLimit);
      if (body === undefined) throw serviceException('RequestEntityTooLarge', 'The request is too large', 413);
      const { name, operation } = operationOf(request);
      const input = parse(body.toString('utf8'));
      guard(callerOf(request.headers), name, input);
      return { status: 200, body: await operation(input) };
    } catch (error) {
      return failed(error);
    }
  };

  return serve(async (request, response) => {
    const { status, body } = await answer(request);
    response
      .writeHead(status, {
        'content-type': request.headers['content-type'] ?? 'application/x-amz-json-1.0',
        'x-amzn-requestid': randomUUID(),
      })
      .end(JSON.stringify(body));
  });
};
