import httpRouterHandler from '@middy/http-router';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { RequestError } from '#contract/error-answer.ts';
import { type OperationId, type Route, routes } from '#contract/route-table.ts';
import { excerpt } from '#domain/values/printable.ts';
import type { Admit } from './admission.ts';
import type { HttpRequest } from './http-request.ts';
import { type AnyAnswer, type Operations, readOperationRequest } from './operation.ts';

export type HttpResult = APIGatewayProxyStructuredResultV2;

/** What becomes known of a request while it is answered; for the log. */
export interface Call {
  operation: OperationId | 'none';
}

/** What the router reads itself, and what it passes on. */
interface RoutedEvent {
  readonly version: '2.0';
  readonly requestContext: { readonly http: { readonly method: string; readonly path: string } };
  readonly request: HttpRequest;
  readonly call: Call;
  readonly pathParameters?: Readonly<Record<string, string | undefined>>;
}

type Handle = (event: RoutedEvent, context: Context) => Promise<HttpResult>;
type AnyOperation = (request: unknown) => Promise<AnyAnswer>;

export const render = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpResult =>
  body === undefined
    ? { statusCode: status, headers: { ...headers } }
    : {
        statusCode: status,
        headers: { 'content-type': 'application/json', ...headers },
        body: `${JSON.stringify(body)}\n`,
      };

const renderContent = (
  status: number,
  content: string | Uint8Array,
  headers: Readonly<Record<string, string>>,
): HttpResult =>
  typeof content === 'string'
    ? { statusCode: status, headers, body: content }
    : { statusCode: status, headers, body: Buffer.from(content).toString('base64'), isBase64Encoded: true };

/** What leaves has passed the schema of its route: what that does not name stays inside. */
const renderAnswer = (route: Route, { status = route.status, headers = {}, body, content }: AnyAnswer): HttpResult =>
  route.media === undefined || content === undefined
    ? render(status, route.answer?.parse(body), headers)
    : renderContent(status, content, { 'content-type': route.media, ...headers });

const pathPatterns = Object.entries<Route>(routes).map(([operation, { method, path, media = '' }]) => ({
  operation,
  method,
  isPage: media.startsWith('text/html'),
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

/**
 * API Gateway sends a path with spare slashes to the api function even if the downloads function serves it: it compares
 * paths to the letter. The client is sent to the path that it should have used; so is a browser for a page, whose
 * relative links would lead elsewhere.
 */
const redirection = (
  served: ReadonlySet<string>,
  { method, path, canonicalUrl }: HttpRequest,
): HttpResult | undefined => {
  if (canonicalUrl === undefined) return undefined;
  const row = pathPatterns.find(({ method: wanted, pattern }) => wanted === method && pattern.test(path));
  if (row === undefined || (served.has(row.operation) && !row.isPage)) return undefined;
  return render(308, undefined, { location: canonicalUrl });
};

/** 404 for a path that no row has, 405 for a method that no row of the path has. */
const routeRefusal = ({ method, path, rawPath }: HttpRequest): RequestError => {
  const allowed = [...new Set(pathPatterns.filter(({ pattern }) => pattern.test(path)).map((row) => row.method))];
  if (allowed.length === 0) return new RequestError(404, `path ${excerpt(rawPath)} was not found`);
  const methods = allowed.toSorted().join(',');
  return new RequestError(405, `method ${method} is not allowed, but [${methods}] are`, { allow: methods });
};

interface Served {
  readonly operation: OperationId;
  readonly run: AnyOperation;
  readonly admit: Admit;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** What stands in the places of a path's variables, as it was before the client made a URL of it. */
const variables = (parameters: RoutedEvent['pathParameters'] = {}) =>
  Object.fromEntries(Object.entries(parameters).map(([name, text = '']) => [name, decoded(text)]));

/** Request in, answer out, both through the schemas of the route: what they do not name neither enters nor leaves. */
const routeHandler = (route: Route, { operation, run, admit }: Served): Handle => {
  const { access } = route;
  return async ({ request, call, pathParameters }, context) => {
    call.operation = operation;
    const parameters = variables(pathParameters);
    const caller = await admit({ access, request, infraEnvId: parameters.infra_env_id });
    const remainingMs = () => context.getRemainingTimeInMillis();
    return renderAnswer(route, await run(readOperationRequest({ route, caller, request, parameters, remainingMs })));
  };
};

interface RouterOptions<Id extends OperationId> {
  readonly operations: Operations<Id>;
  readonly admit: Admit;
}

/** @returns the answer to a request; @throws RequestError for an unknown route, and whatever the operation throws */
export const createRouter = <Id extends OperationId>({ operations, admit }: RouterOptions<Id>) => {
  // Sound because readOperationRequest reads a request by the schemas from which the operation's type is made.
  const served = Object.entries(operations) as [OperationId, AnyOperation][];
  // The library types its events in full; of ours it reads no more than RoutedEvent has.
  const route = httpRouterHandler({
    routes: served.map(([operation, run]) => {
      const route = routes[operation];
      const { method, path } = route;
      return { method, path, handler: routeHandler(route, { operation, run, admit }) as never };
    }),
    notFoundResponse: () => undefined,
  }) as unknown as (...call: Parameters<Handle>) => Promise<HttpResult | undefined>;

  const own = new Set<string>(Object.keys(operations));

  return async (request: HttpRequest, call: Call, context: Context): Promise<HttpResult> => {
    const { method, path } = request;
    const elsewhere = redirection(own, request);
    if (elsewhere !== undefined) return elsewhere;
    const result = await route({ version: '2.0', requestContext: { http: { method, path } }, request, call }, context);
    if (result === undefined) throw routeRefusal(request);
    return result;
  };
};
