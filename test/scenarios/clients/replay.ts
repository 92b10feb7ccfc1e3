import { expect } from 'vitest';
import * as z from 'zod';

/** A request as it was recorded, and what its sender needs back. */
interface Exchange {
  /** Method and path as they were on the wire, spare slashes included: `GET /v2/clusters//default-config`. */
  readonly request: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly status: number;
  /** Written by hand from what the sender reads of the answer; without one the body has to be empty. */
  readonly needs?: z.ZodType;
}

const readBody = (text: string): unknown => (text === '' ? undefined : JSON.parse(text));

/** Sends recorded requests to an API and checks each answer; nothing is normalised on the way. */
export const replayTo =
  (url: string, always: Readonly<Record<string, string>> = {}) =>
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of the JSON that it gets
  async ({ request, headers = {}, body, status, needs = z.undefined() }: Exchange): Promise<any> => {
    const [method = '', path = ''] = request.split(' ');
    const answer = await fetch(`${url}/api/assisted-install${path}`, {
      method,
      headers: { ...always, ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const received = readBody(await answer.text());
    expect({ request, status: answer.status, received }).toMatchObject({ status });
    expect({ request, issues: needs.safeParse(received).error?.issues }).toEqual({ request, issues: undefined });
    return received;
  };
