import type * as z from 'zod';
import type { Route, Routes } from '#contract/route-table.ts';
import { accessToken } from '../session/session.ts';
import { refusalOf } from './refusal.ts';

type AnswerOf<R extends Route> = R extends { answer: infer Schema extends z.ZodType } ? z.input<Schema> : undefined;
type BodyOf<R extends Route> = R extends { body: { schema: infer Schema extends z.ZodType } }
  ? z.input<Schema>
  : undefined;

interface Call<R extends Route> {
  readonly method: R['method'];
  /** With its parameters and its query. */
  readonly path: string;
  readonly body?: BodyOf<R>;
}

/** Of a path of this service, wherever a proxy has put it. */
export const urlOf = (path: string): URL => new URL(`.${path}`, new URL('.', location.href));

const headersOf = async (hasBody: boolean): Promise<Record<string, string>> => {
  const token = await accessToken();
  return {
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
};

interface Request {
  readonly method: Route['method'];
  readonly path: string;
  readonly body?: unknown;
}

/** @throws Refusal, and TypeError when the service cannot be reached */
const answerTo = async ({ method, path, body }: Request): Promise<string> => {
  const answer = await fetch(urlOf(`/api/assisted-install${path}`), {
    method,
    headers: await headersOf(body !== undefined),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw await refusalOf(answer);
  return answer.text();
};

/**
 * Calls one operation of the API, as somebody who has signed in.
 *
 * @throws Refusal, and TypeError when the service cannot be reached
 */
export const call = async <Id extends keyof Routes>(request: Call<Routes[Id]>): Promise<AnswerOf<Routes[Id]>> => {
  const text = await answerTo(request);
  return JSON.parse(text === '' ? 'null' : text);
};

/** What is at a path of the API, as it comes. @throws like `call` */
export const readText = (path: string): Promise<string> => answerTo({ method: 'GET', path });
