import type { IncomingMessage, Server } from 'node:http';
import { arn } from '../account.ts';
import { percentDecoded } from '../http/percent-decoded.ts';
import { readBody } from '../http/read-body.ts';
import { serve } from '../http/serve.ts';
import { type AccessControl, callerOf } from '../iam/access-control.ts';
import type { LocalFunction } from './function.ts';
import { payloadLimit } from './handler-run.ts';
import { invoke } from './invoke.ts';

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

const invocationPath = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

const exception = (status: number, type: string, message: string): Answer => ({
  status,
  headers: { 'x-amzn-errortype': type },
  body: JSON.stringify({ Type: 'User', Message: message }),
});

/** A function is named by its name or by its ARN, either with a qualifier behind it. */
const functionName = (identifier: string): string =>
  identifier.startsWith('arn:') ? (identifier.split(':')[6] ?? '') : (identifier.split(':')[0] ?? '');

const synchronous = async (target: LocalFunction, payload: string): Promise<Answer> => {
  const result = await invoke(target, payload);
  if ('throttled' in result) return exception(429, 'TooManyRequestsException', 'Rate Exceeded.');
  const headers = { 'x-amzn-requestid': result.requestId, 'x-amz-executed-version': '$LATEST' };
  return 'payload' in result
    ? { status: 200, headers, body: result.payload }
    : {
        status: 200,
        headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
        body: JSON.stringify(result.functionError),
      };
};

/** Lambda would repeat a failed asynchronous invocation twice within minutes; here it is reported and left. */
const asynchronous = (target: LocalFunction, payload: string): Answer => {
  void invoke(target, payload).then((result) => {
    if ('functionError' in result) console.error(`${target.name} failed:`, result.functionError);
  });
  return { status: 202, body: '' };
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/**
 * Lambda's Invoke API (RequestResponse and Event) over local functions. Functions may be added to the map
 * while it serves. Without access control everybody may call them.
 */
export const lambdaServer = (functions: ReadonlyMap<string, LocalFunction>, access?: AccessControl): Server => {
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const [path = ''] = (request.url ?? '').split('?');
    const name = functionName(percentDecoded(invocationPath.exec(path)?.[1] ?? ''));
    const body = await readBody(request, payloadLimit);
    if (request.method !== 'POST' || name === '')
      return exception(404, 'UnknownOperationException', 'Unknown operation');
    if (body === undefined) return exception(413, 'RequestTooLargeException', 'Request must be smaller than 6 MB');
    const needed = { action: 'lambda:InvokeFunction', resource: arn('lambda', `function:${name}`) };
    const refusal = access?.refusal(callerOf(request.headers), needed);
    if (refusal !== undefined) return exception(403, 'AccessDeniedException', refusal);
    const target = functions.get(name);
    if (target === undefined) return exception(404, 'ResourceNotFoundException', `Function not found: ${name}`);
    const payload = body.length === 0 ? '{}' : body.toString('utf8');
    if (!isJson(payload))
      return exception(400, 'InvalidRequestContentException', 'Could not parse request body into json');
    return request.headers['x-amz-invocation-type'] === 'Event'
      ? asynchronous(target, payload)
      : synchronous(target, payload);
  };

  return serve(async (request, response) => {
    const { status, headers, body } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
};
