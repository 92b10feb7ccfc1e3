import type * as z from 'zod';
import { acceptRefusal, bodyMissing, bodyNotJson, mediaTypeRefusal, partRefusal } from '#contract/request-errors.ts';
import type { OperationId, Route, Routes } from '#contract/route-table.ts';
import type { Caller } from '#domain/owner.ts';
import { JsonFault, parseBoundedJson } from '#domain/values/json.ts';
import { acceptsJson } from './accept.ts';
import type { HttpRequest } from './http-request.ts';

type BodyOf<R extends Route> = R extends { body: { schema: infer S extends z.ZodType } } ? z.output<S> : undefined;
type AnswerOf<R extends Route> = R extends { answer: infer S extends z.ZodType } ? z.input<S> : undefined;

type CallerOf<R extends Route> = R['access'] extends 'user' | 'image' ? Caller : undefined;

/** A request whose parts have the shapes that the route's row says. */
export interface OperationRequest<Id extends OperationId> {
  readonly caller: CallerOf<Routes[Id]>;
  readonly requestId: string;
  /** `https://host`, under which the client has reached this API. */
  readonly origin: string;
  readonly parameters: z.output<Routes[Id]['parameters']>;
  readonly query: z.output<Routes[Id]['query']>;
  readonly body: BodyOf<Routes[Id]>;
  /** Milliseconds until Lambda ends the invocation. */
  readonly remainingMs: () => number;
}

interface Answered {
  readonly headers?: Readonly<Record<string, string>>;
  /** Where it is not the one of the route's row. */
  readonly status?: number;
}

/** An answer that is not JSON: text, or bytes. */
interface Content extends Answered {
  readonly content: string | Uint8Array;
}

interface Json<Body> extends Answered {
  readonly body: Body;
}

type OperationAnswer<Id extends OperationId> = Routes[Id] extends { media: string }
  ? Content
  : Json<AnswerOf<Routes[Id]>>;

/** An answer of any operation, as the router gets it. */
export type AnyAnswer = Answered & { readonly body?: unknown; readonly content?: string | Uint8Array };

/** What a function does for one row of the route table. */
type Operation<Id extends OperationId> = (request: OperationRequest<Id>) => Promise<OperationAnswer<Id>>;

export type Operations<Id extends OperationId> = { readonly [Name in Id]: Operation<Name> };

/** The rows of these operations at least. Which operations those are, the operations themselves say. */
export type RoutesOf<Id extends OperationId> = Readonly<Record<NoInfer<Id>, Route>>;

type Place = 'body' | 'path' | 'query';

const readPart = (schema: z.ZodType, place: Place, name: string, value: unknown): unknown => {
  const read = schema.safeParse(value);
  if (!read.success) throw partRefusal(read.error.issues, { place, name, value });
  return read.data;
};

const parseBody = (name: string, body: string): unknown => {
  try {
    return parseBoundedJson(body);
  } catch (error) {
    throw error instanceof JsonFault ? bodyNotJson(name, error) : error;
  }
};

const isEmpty = ({ body }: HttpRequest): boolean => body.trim() === '';

/**
 * Both media types must be JSON. Whoever sends JSON gets JSON, whatever else they say that they take (assisted-service
 * API). A redirect is followed whatever the client wants to find behind it, and who asks for the service's health wants a
 * status alone.
 */
const checkMedia = (route: Route, request: HttpRequest): void => {
  const { accept = '*/*', 'content-type': contentType = 'application/json' } = request.headers;
  const sendsJson = /^application\/json\s*(;|$)/i.test(contentType);
  if (route.body !== undefined && !isEmpty(request)) {
    if (!sendsJson) throw mediaTypeRefusal(contentType);
    return;
  }
  const answersJson = route.answer !== undefined && route.status !== 302 && route.access !== 'public';
  if (answersJson && !acceptsJson(accept)) throw acceptRefusal();
};

const readBody = (route: Route, request: HttpRequest): unknown => {
  if (route.body === undefined) return undefined;
  const { name, schema } = route.body;
  if (isEmpty(request)) throw bodyMissing(name);
  return readPart(schema, 'body', name, parseBody(name, request.body));
};

/** A parameter without a text is absent (assisted-service API). */
const givenQuery = ({ query }: HttpRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(query).filter(([, text]) => text !== ''));

interface Invocation {
  readonly route: Route;
  readonly caller: Caller | undefined;
  readonly request: HttpRequest;
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly remainingMs: () => number;
}

/**
 * Reads every part of a request by its route's schemas, in the order in which the published API reports problems.
 *
 * @throws RequestError
 */
export const readOperationRequest = ({ route, caller, request, parameters, remainingMs }: Invocation) => {
  checkMedia(route, request);
  return {
    caller,
    requestId: request.requestId,
    origin: request.origin,
    parameters: readPart(route.parameters, 'path', 'parameters', parameters),
    query: readPart(route.query, 'query', 'parameters', givenQuery(request)),
    body: readBody(route, request),
    remainingMs,
  };
};
