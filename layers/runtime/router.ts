import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { RequestError } from '#contract/error-answer.ts';
import type { OperationId, Route } from '#contract/route-table.ts';
import { excerpt } from '#domain/values/printable.ts';
import type { Admit } from './admission.ts';
import type { HttpRequest } from './http-request.ts';
import { type AnyAnswer, type Operations, type RoutesOf, readOperationRequest } from './operation.ts';
import { type Row, routeRows, variablesIn } from './route-rows.ts';

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
const routeRefusal = ({ method, rawPath }: HttpRequest, methodsOfPath: readonly string[]): RequestError => {
  if (methodsOfPath.length === 0) return new RequestError(404, `path ${excerpt(rawPath)} was not found`);
  const methods = methodsOfPath.join(',');
  return new RequestError(405, `method ${method} is not allowed, but [${methods}] are`, { allow: methods });
};

interface Served {
  readonly operation: OperationId;
  readonly run: AnyOperation;
  readonly admit: Admit;
}

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
  /** Rows of the route table; those without an operation here are of another function. */
  readonly routes: RoutesOf<Id>;
  readonly operations: Operations<Id>;
  readonly admit: Admit;
}

/** @returns the answer to a request; @throws RequestError for an unknown route, and whatever the operation throws */
export const createRouter = <Id extends OperationId>({ routes, operations, admit }: RouterOptions<Id>) => {
  const rows = routeRows(routes);
  // Sound because readOperationRequest reads a request by the schemas from which the operation's type is made.
  const served = Object.entries(operations) as [Id, AnyOperation][];
  const handlers = new Map<string, Handle>(
    served.map(([operation, run]) => [operation, routeHandler(routes[operation], { operation, run, admit })]),
  );

  return async (request: HttpRequest, call: Call, context: Context): Promise<HttpResult> => {
    const row = rows.find(request);
    const handle = row && handlers.get(row.operation);
    const elsewhere = redirection(handle !== undefined, request, row);
    if (elsewhere !== undefined) return elsewhere;
    if (row === undefined || handle === undefined) throw routeRefusal(request, rows.methodsOf(request));
    return handle({ request, call, parameters: variablesIn(row, request) }, context);
  };
};
