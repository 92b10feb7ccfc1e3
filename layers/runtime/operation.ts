import type * as z from 'zod';
import { bodyMissing, bodyNotJson, mediaTypeRefusal, partRefusal } from '#contract/request-errors.ts';
import type { OperationId, Route, Routes } from '#contract/routes.ts';
import type { Owner } from '#domain/owner.ts';
import { callerOf } from './caller.ts';
import type { HttpRequest } from './http-request.ts';

type BodyOf<R extends Route> = R extends { body: { schema: infer S extends z.ZodType } } ? z.output<S> : undefined;
type AnswerOf<R extends Route> = R extends { answer: infer S extends z.ZodType } ? z.input<S> : undefined;

/** A request whose parts have the shapes that the route's row says. */
export interface OperationRequest<Id extends OperationId> {
  readonly caller: Owner;
  readonly requestId: string;
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

export type OperationAnswer<Id extends OperationId> = Routes[Id] extends { media: string }
  ? Content
  : Json<AnswerOf<Routes[Id]>>;

/** An answer of any operation, as the router gets it. */
export type AnyAnswer = Answered & { readonly body?: unknown; readonly content?: string | Uint8Array };

/** What a function does for one row of the route table. */
export type Operation<Id extends OperationId> = (request: OperationRequest<Id>) => Promise<OperationAnswer<Id>>;

export type Operations<Id extends OperationId> = { readonly [Name in Id]: Operation<Name> };

type Place = 'body' | 'path' | 'query';

const readPart = (schema: z.ZodType, place: Place, name: string, value: unknown): unknown => {
  const read = schema.safeParse(value);
  if (!read.success) throw partRefusal(read.error.issues, { place, name, value });
  return read.data;
};

const parseJson = (name: string, body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw bodyNotJson(name);
  }
};

const readBody = (route: Route, { headers, body }: HttpRequest): unknown => {
  if (route.body === undefined) return undefined;
  const { name, schema } = route.body;
  if (body.trim() === '') throw bodyMissing(name);
  const contentType = headers['content-type'] ?? 'application/json';
  if (!/^application\/json\s*(;|$)/i.test(contentType)) throw mediaTypeRefusal(contentType);
  return readPart(schema, 'body', name, parseJson(name, body));
};

interface Invocation {
  readonly route: Route;
  readonly request: HttpRequest;
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly remainingMs: () => number;
}

/**
 * Reads every part of a request by its route's schemas, in the order in which the published API reports problems.
 *
 * @throws NotAuthenticated, RequestError
 */
export const readOperationRequest = ({ route, request, parameters, remainingMs }: Invocation) => ({
  caller: callerOf(request.authorizer),
  requestId: request.requestId,
  parameters: readPart(route.parameters, 'path', 'parameters', parameters),
  query: readPart(route.query, 'query', 'parameters', request.query),
  body: readBody(route, request),
  remainingMs,
});
