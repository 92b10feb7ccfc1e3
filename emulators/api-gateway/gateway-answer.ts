import type { OutgoingHttpHeaders } from 'node:http';
import * as z from 'zod';

/** What goes back to the client. */
export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

const headerValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** A function's result with a status: payload format 2.0. */
const resultSchema = z.object({
  statusCode: z.int().min(200).max(599),
  headers: z.record(z.string(), headerValue).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

type Result = z.infer<typeof resultSchema>;

/** What the gateway itself says, e.g. `{"message":"Not Found"}`. */
export const gatewayAnswer = (status: number, message: string, headers: OutgoingHttpHeaders = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(JSON.stringify({ message })),
});

export const internalServerError = gatewayAnswer(500, 'Internal Server Error');

// The connection is the gateway's, and so is the framing of what goes over it.
const ownHeaders = ['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade'];

const explicit = ({ statusCode, headers, cookies, body, isBase64Encoded }: Result): Answer => {
  const given = Object.entries(headers ?? {})
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !ownHeaders.includes(name));
  return {
    status: statusCode,
    headers: {
      ...(body ? { 'content-type': 'text/plain;charset=utf-8' } : {}),
      ...Object.fromEntries(given),
      ...(cookies?.length ? { 'set-cookie': cookies } : {}),
    },
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
};

const inferred = (result: unknown): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(typeof result === 'string' ? result : JSON.stringify(result)),
});

const hasStatus = (result: unknown): boolean => typeof result === 'object' && result !== null && 'statusCode' in result;

/** The answer that API Gateway makes of a function's result; a malformed one is its internal error. */
export const toAnswer = (result: unknown): Answer => {
  if (!hasStatus(result)) return inferred(result);
  const parsed = resultSchema.safeParse(result);
  return parsed.success ? explicit(parsed.data) : internalServerError;
};
