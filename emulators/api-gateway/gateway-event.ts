import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { accountId } from '../account.ts';
import type { Authorizer } from './authorizer.ts';
import type { Match } from './gateway-routes.ts';

/** An event of payload format 2.0, with its authorizer where the route has one. */
export type HttpEvent = APIGatewayProxyEventV2 & {
  readonly requestContext: { readonly authorizer?: Authorizer };
};

interface Received {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly match: Match;
  readonly authorizer: Authorizer | undefined;
}

// API Gateway passes these on as text and everything else in base64, form data included.
const text = /^(text\/|application\/(json|javascript|xml)\b)/i;

/**
 * Names in lower case, one text per header, without the cookies, which an event has apart. The gateway itself says how it
 * was reached.
 */
export const eventHeaders = ({ headers, socket }: IncomingMessage): Record<string, string> => {
  const { cookie: _, ...own } = headers;
  const given = Object.entries(own).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return {
    ...Object.fromEntries(given),
    'x-forwarded-for': socket.remoteAddress ?? '',
    'x-forwarded-port': String(socket.localPort),
    'x-forwarded-proto': 'http',
  };
};

const cookies = ({ cookie }: IncomingHttpHeaders): string[] =>
  (cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const queryParameters = (query: string): Record<string, string> => {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]));
};

const bodyOf = ({ headers }: IncomingMessage, body: Buffer) => {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = text.test(headers['content-type'] ?? '');
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
};

const unlessEmpty = <Name extends string, Value extends object>(name: Name, value: Value) =>
  (Object.keys(value).length === 0 ? {} : { [name]: value }) as Partial<Record<Name, Value>>;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000` */
const commonLogTime = (date: Date): string => {
  const [day = '', time = ''] = date.toISOString().split('T');
  const [year, month, dayOfMonth] = day.split('-');
  return `${dayOfMonth}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
};

export const splitUrl = (url: string): { path: string; query: string } => {
  const mark = url.indexOf('?');
  return mark === -1 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
};

const contextOf = ({ request, match, authorizer }: Received, path: string): HttpEvent['requestContext'] => {
  const now = new Date();
  const domainName = (request.headers.host ?? 'localhost').replace(/:\d+$/, '');
  return {
    accountId,
    apiId: 'local',
    ...(authorizer === undefined ? {} : { authorizer }),
    domainName,
    domainPrefix: domainName.split('.')[0] ?? '',
    http: {
      method: request.method ?? 'GET',
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '',
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey: match.route.key,
    stage: '$default',
    time: commonLogTime(now),
    timeEpoch: now.getTime(),
  };
};

/** The event that API Gateway's HTTP API makes of a request (payload format 2.0). */
export const toEvent = (received: Received): HttpEvent => {
  const { request, body, match } = received;
  const { path, query } = splitUrl(request.url ?? '/');
  return {
    version: '2.0',
    routeKey: match.route.key,
    rawPath: path,
    rawQueryString: query,
    ...unlessEmpty('cookies', cookies(request.headers)),
    headers: eventHeaders(request),
    ...unlessEmpty('queryStringParameters', queryParameters(query)),
    ...unlessEmpty('pathParameters', match.pathParameters),
    requestContext: contextOf(received, path),
    ...bodyOf(request, body),
  };
};
