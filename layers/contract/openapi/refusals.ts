import * as z from 'zod';
import { operationError, requestError } from '../error-answer.ts';
import type { Route } from '../route-table.ts';
import type { Components, Json } from './components.ts';

/** The two bodies of the assisted-service API, each with what one of them looks like. */
const shapes = {
  operation: {
    schema: operationError,
    example: (status: number, reason: string) => ({ code: `${status}`, href: '', id: status, kind: 'Error', reason }),
  },
  request: { schema: requestError, example: (code: number, message: string) => ({ code, message }) },
};

interface Refusal {
  readonly status: number;
  readonly description: string;
  /** What its text says, for instance. */
  readonly text: string;
  readonly shapes: readonly (keyof typeof shapes)[];
  readonly of: (route: Route) => boolean;
}

const hasInput = ({ parameters, query, body }: Route) =>
  body !== undefined || Object.keys({ ...parameters.shape, ...query.shape }).length > 0;
const bodyNamesCluster = ({ body }: Route) =>
  body?.schema instanceof z.ZodObject && Object.hasOwn(body.schema.shape, 'cluster_id');
const touchesData = ({ access }: Route) => access !== 'public';
const registers = ({ method, path }: Route) =>
  method === 'POST' && ['/v2/clusters', '/v2/clusters/disconnected', '/v2/infra-envs'].includes(path);
const isImage = ({ path }: Route) => path.startsWith('/images/');
const isDownload = (route: Route) => route.function === 'downloads';
const changes = ({ method }: Route) => !['GET', 'HEAD'].includes(method);
const isCredential = ({ path }: Route) => path.endsWith('/credentials');
const changesOrDownloads = (route: Route) => isDownload(route) || isCredential(route) || changes(route);

/** Which operations are refused how. */
const refusals: readonly Refusal[] = [
  {
    status: 400,
    description: 'The request does not have the shape of this operation, or a rule refuses a value; the text names it',
    text: 'name in body is required',
    shapes: ['request', 'operation'],
    of: hasInput,
  },
  {
    status: 401,
    description: 'No credentials, or none that are valid',
    text: 'unauthenticated for invalid credentials',
    shapes: ['request'],
    of: touchesData,
  },
  {
    status: 403,
    description: 'The image token is one of another infra-env',
    text: 'Token for infraEnv ID 5c9a…, is unauthorized to access infraEnv ID 7e02…',
    shapes: ['request'],
    of: ({ access }) => access === 'image',
  },
  {
    status: 403,
    description: 'A web page of another origin asks, one that no operator has allowed',
    text: 'web pages of https://stranger.example may change nothing here: an operator has to allow their origin by allowedDomains',
    shapes: ['request'],
    of: (route) => touchesData(route) && changes(route) && !registers(route),
  },
  {
    status: 403,
    description:
      'The caller has as many as each user may have; or a web page of another origin asks, one that no operator has allowed',
    text: 'you have 1000 infra-envs, and nobody may have more here: delete some of them, or ask an operator for a larger quota',
    shapes: ['request'],
    of: registers,
  },
  {
    status: 404,
    description: "There is no such record, or it is not the caller's",
    text: 'record not found',
    shapes: ['operation'],
    of: (route) => touchesData(route) && (route.path.includes('{') || bodyNamesCluster(route)),
  },
  {
    status: 406,
    description: 'The answer is larger than the gateway passes on: ask for it with Accept-Encoding: gzip, or for less',
    text: 'the answer takes 6 MiB: ask for it with Accept-Encoding: gzip (curl --compressed)',
    shapes: ['operation'],
    of: ({ answer }) => answer instanceof z.ZodArray,
  },
  {
    status: 409,
    description:
      'The state of the record, of its cluster or of the release does not allow it; the text says what would',
    text: 'the record was changed by another request at the same time: try again',
    shapes: ['operation'],
    of: (route) => touchesData(route) && changesOrDownloads(route),
  },
  {
    status: 429,
    description:
      'As many ISOs as each user may have in an hour were composed for the owner: Retry-After names the next hour',
    text:
      '100 ISOs have been composed for you in this hour, and nobody gets more in one: ask again after ' +
      '2026-03-01T13:00:00.000Z, or ask an operator for a larger quota',
    shapes: ['operation'],
    of: isImage,
  },
  {
    status: 500,
    description: 'A failure of the service',
    text: 'Internal server error',
    shapes: ['operation'],
    of: () => true,
  },
  {
    status: 501,
    description: 'A part of the published API that this service does not offer',
    text: 'this service does not offer it',
    shapes: ['operation'],
    of: (route) => touchesData(route) && changesOrDownloads(route),
  },
  {
    status: 503,
    description: 'It is being prepared, or a part of the service is busy or not available: ask again',
    text: 'the ISO is being composed: ask again in a few seconds',
    shapes: ['operation'],
    of: touchesData,
  },
  {
    status: 504,
    description: 'It takes longer than a request may: ask again',
    text: 'the file is still being generated: ask again in a few seconds',
    shapes: ['operation'],
    of: isDownload,
  },
];

const content = ({ status, text, shapes: names }: Refusal, components: Components): Json => {
  const schemas = names.map((name) => components.add(shapes[name].schema, 'output'));
  const schema = schemas.length === 1 ? schemas[0] : { anyOf: schemas };
  const [first = 'operation'] = names;
  return { 'application/json': { schema, example: shapes[first].example(status, text) } };
};

/** The refusals of an operation, as its responses by status. */
export const refusalsOf = (route: Route, components: Components): Json =>
  Object.fromEntries(
    refusals
      .filter(({ of }) => of(route))
      .map((refusal) => {
        const { status, description } = refusal;
        const body = route.method === 'HEAD' ? {} : { content: content(refusal, components) };
        return [String(status), { description, ...body }];
      }),
  );
