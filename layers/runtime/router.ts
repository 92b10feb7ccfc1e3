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

/** A request that was found to be one of a row. */
interface Visit {
  readonly request: HttpRequest;
  readonly call: Call;
  /** What stands in the places of the path's variables. */
  readonly parameters: Readonly<Record<string, string>>;
}

type Handle = (visit: Visit, context: Context) => Promise<HttpResult>;
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

const variablesIn = (path: string): number => path.split('{').length - 1;

/** Of rows that have a path, the one that names most of it comes first: `/v2/clusters/disconnected` is no id of a cluster. */
const rows = Object.entries<Route>(routes)
  .toSorted(([, a], [, b]) => variablesIn(a.path) - variablesIn(b.path))
  .map(([operation, { method, path, media = '' }]) => ({
    operation,
    method,
    isPage: media.startsWith('text/html'),
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
  }));

type Row = (typeof rows)[number];

/** The row that a request is for. */
const rowOf = ({ method, path }: HttpRequest): Row | undefined =>
  rows.find(({ method: wanted, pattern }) => wanted === method && pattern.test(path));

/**
 * API Gateway sends a path with spare slashes to the api function even if the downloads function serves it: it compares
 * paths to the letter. The client is sent to the path that it should have used; so is a browser for a page, whose
 * relative links would lead elsewhere.
 */
const redirection = (
  isServed: boolean,
  { canonicalUrl }: HttpRequest,
  row: Row | undefined,
): HttpResult | undefined => {
  if (canonicalUrl === undefined || row === undefined || (isServed && !row.isPage)) return undefined;
  return render(308, undefined, { location: canonicalUrl });
};

/** 404 for a path that no row has, 405 for a method that no row of the path has. */
const routeRefusal = ({ method, path, rawPath }: HttpRequest): RequestError => {
  const allowed = [...new Set(rows.filter(({ pattern }) => pattern.test(path)).map((row) => row.method))];
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
const variables = ({ pattern }: Row, { path }: HttpRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(pattern.exec(path)?.groups ?? {}).map(([name, text]) => [name, decoded(text)]));

/** Request in, answer out, both through the schemas of the route: what they do not name neither enters nor leaves. */
const routeHandler = (route: Route, { operation, run, admit }: Served): Handle => {
  const { access } = route;
  return async ({ request, call, parameters }, context) => {
    call.operation = operation;
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
  const handlers = new Map<string, Handle>(
    served.map(([operation, run]) => [operation, routeHandler(routes[operation], { operation, run, admit })]),
  );

  return async (request: HttpRequest, call: Call, context: Context): Promise<HttpResult> => {
    const row = rowOf(request);
    const handle = row && handlers.get(row.operation);
    const elsewhere = redirection(handle !== undefined, request, row);
    if (elsewhere !== undefined) return elsewhere;
    if (row === undefined || handle === undefined) throw routeRefusal(request);
    return handle({ request, call, parameters: variables(row, request) }, context);
  };
};
