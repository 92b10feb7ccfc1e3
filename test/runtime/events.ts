import type { Context } from 'aws-lambda';

interface HttpCall {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly userName?: string | undefined;
}

/** An event of API Gateway's HTTP API, payload format 2.0, with the fields that it always has. */
export const httpEvent = ({
  method = 'GET',
  path = '/health',
  query,
  headers = {},
  body,
  userName = 'ann',
}: HttpCall) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: path,
  rawQueryString: new URLSearchParams(query).toString(),
  headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  ...(query === undefined ? {} : { queryStringParameters: query }),
  ...(body === undefined ? {} : { body }),
  isBase64Encoded: false,
  requestContext: {
    requestId: 'request-1',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
    ...(userName === '' ? {} : { authorizer: { jwt: { claims: { username: userName }, scopes: null } } }),
  },
});

// The handlers read these two members of Lambda's context and no other.
export const lambdaContext = (remainingMs = 10_000): Context =>
  ({ awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => remainingMs }) as unknown as Context;
