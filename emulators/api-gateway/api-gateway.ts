import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { readBody } from '../http/read-body.ts';
import { serve } from '../http/serve.ts';
import { namesThisMachine } from '../http/welcome.ts';
import type { LocalFunction } from '../lambda/function.ts';
import { payloadLimit } from '../lambda/handler-run.ts';
import { type InvocationResult, invoke } from '../lambda/invoke.ts';
import { type Answer, gatewayAnswer, internalServerError, toAnswer } from './gateway-answer.ts';
import { eventHeaders, splitUrl, toEvent } from './gateway-event.ts';
import { type Route, router } from './gateway-routes.ts';

interface FrontOptions {
  readonly routes: readonly Route[];
  /** Origins of web pages that may call, or `*`: a proxy in front may go by their names. */
  readonly pages?: readonly string[] | undefined;
  /** How long the gateway waits for a function. */
  readonly integrationSeconds?: number;
}

const keepAliveMilliseconds = 60_000;
const bodyLimit = 10 * 1024 * 1024;
const tooLarge = gatewayAnswer(413, 'Request Entity Too Large');
const unauthorized = gatewayAnswer(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
const unavailable = gatewayAnswer(503, 'Service Unavailable');
const throttled = gatewayAnswer(503, 'Service Unavailable', { 'retry-after': '5' });
const bodiless = [204, 304];

/** API Gateway answers to its own names alone. */
const unknownHost = (host: string): Answer =>
  gatewayAnswer(403, `Nothing here is called ${host}: say so with npm start -- --allowed-domains http://${host}`);

const isHostOf = (pages: readonly string[], host: string): boolean =>
  pages.some((page) => page === '*' || new URL(page).host === host);

const answerOf = ({ name }: LocalFunction, result: InvocationResult): Answer => {
  if ('payload' in result) return toAnswer(JSON.parse(result.payload));
  if ('throttled' in result) return throttled;
  console.error(`${name} failed:`, result.functionError);
  return internalServerError;
};

/** How long a request waits for an environment here: a client that is told to come again is better off than one in a queue. */
const queueMs = 10_000;

/**
 * The gateway's patience begins with the function: Lambda has an environment for everyone. Here a request waits for one, or is
 * refused at once when it would wait too long, and nothing was done.
 */
const invokeTarget = async (target: LocalFunction, payload: string, seconds: number): Promise<Answer> => {
  const { promise: late, resolve } = Promise.withResolvers<Answer>();
  let timer: NodeJS.Timeout | undefined;
  const onStart = () => {
    timer = setTimeout(() => resolve(unavailable), seconds * 1000);
  };
  const result = invoke(target, payload, { waitAtMost: Math.min(queueMs, seconds * 1000), onStart });
  try {
    return await Promise.race([result.then((given) => answerOf(target, given)), late]);
  } finally {
    clearTimeout(timer);
  }
};

const write = (response: ServerResponse, { status, headers, body }: Answer): void => {
  const length = bodiless.includes(status) ? {} : { 'content-length': body.length };
  response.writeHead(status, { ...headers, ...length, 'apigw-requestid': randomUUID() });
  response.end(bodiless.includes(status) ? undefined : body);
};

/** An HTTP API of API Gateway in front of local functions. Stages, throttling and CORS are left out. */
export const httpFront = ({ routes, pages = [], integrationSeconds = 30 }: FrontOptions): Server => {
  const find = router(routes);

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const body = await readBody(request, bodyLimit);
    const { host = '' } = request.headers;
    if (!namesThisMachine(host) && !isHostOf(pages, host)) return unknownHost(host);
    const match = find(request.method ?? 'GET', splitUrl(request.url ?? '/').path);
    if (match === undefined) return gatewayAnswer(404, 'Not Found');
    const { target, authorize } = match.route;
    const authorizer = await authorize?.(eventHeaders(request));
    if (authorize !== undefined && authorizer === undefined) return unauthorized;
    if (body === undefined) return tooLarge;
    const payload = JSON.stringify(toEvent({ request, body, match, authorizer }));
    if (Buffer.byteLength(payload) > payloadLimit) return tooLarge;
    return invokeTarget(target, payload, integrationSeconds);
  };

  const server = serve(async (request, response) => write(response, await answer(request)));
  server.keepAliveTimeout = keepAliveMilliseconds;
  return server;
};
