import { posix } from 'node:path';
import * as z from 'zod';
import { RequestError } from '#contract/error-answer.ts';
import { basePath } from '#contract/routes/route.ts';

const texts = z.record(z.string(), z.string());

/** What this service reads of an HTTP API event (payload format 2.0); anything else in it is left alone. */
const httpEvent = z.object({
  rawPath: z.string().startsWith('/'),
  rawQueryString: z.string().default(''),
  queryStringParameters: texts.optional(),
  headers: texts.default({}),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({
    requestId: z.string().default(''),
    domainName: z.string().default('localhost'),
    http: z.object({ method: z.string().min(1) }),
    authorizer: z.unknown().optional(),
  }),
});

export interface HttpRequest {
  readonly method: string;
  /** Without the base path, without double or trailing slashes and dot segments. */
  readonly path: string;
  /** As the client sent it. */
  readonly rawPath: string;
  /** The path as API Gateway would match it to a route, with the query; undefined if it came so. */
  readonly canonicalUrl: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly requestId: string;
  /** `https://host`, under which the client has reached this API. */
  readonly origin: string;
  readonly authorizer: unknown;
}

/**
 * Without spare slashes and dot segments, as the assisted-service API reads a path: the web UI sends `/v2/clusters/` and
 * `/v2/clusters//default-config`.
 */
const cleaned = (rawPath: string): string => posix.normalize(rawPath).replace(/(?<=.)\/$/, '');

const belowBase = (path: string): string => (path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path);

const withQuery = (path: string, query: string): string => (query === '' ? path : `${path}?${query}`);

const requestIdPattern = /^[\w-]{1,64}$/;

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** The gateway says by which name and scheme it was reached; of the client's own Host only the port is of use. */
const originOf = (headers: Readonly<Record<string, string>>, domainName: string): string => {
  const scheme = headers['x-forwarded-proto'] === 'http' ? 'http' : 'https';
  const port = /:\d{1,5}$/.exec(headers.host ?? '')?.[0] ?? '';
  return `${scheme}://${domainName}${port}`;
};

/** @throws RequestError (400) for an event that is not one of an HTTP API */
export const readHttpRequest = (event: unknown): HttpRequest => {
  const read = httpEvent.safeParse(event);
  if (!read.success) throw new RequestError(400, 'not an HTTP request');
  const { rawPath, rawQueryString, queryStringParameters = {}, body = '', isBase64Encoded, requestContext } = read.data;
  const path = cleaned(rawPath);
  const headers = lowerCased(read.data.headers);
  const given = headers['x-request-id'] ?? '';
  return {
    method: requestContext.http.method,
    path: belowBase(path),
    rawPath,
    canonicalUrl: path === rawPath ? undefined : withQuery(path, rawQueryString),
    query: queryStringParameters,
    headers,
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
    requestId: requestIdPattern.test(given) ? given : requestContext.requestId,
    origin: originOf(headers, requestContext.domainName),
    authorizer: requestContext.authorizer,
  };
};
