import * as z from 'zod';
import { failure, ServiceError } from '#domain/errors.ts';

/** A request that never reached an operation: unknown path, wrong method, parameters or body of the wrong shape. */
export class RequestError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** Shape (a) of the assisted-service API: what an operation refuses. */
export const operationError = z
  .object({
    code: z.string().describe('the HTTP status as text'),
    href: z.string(),
    id: z.int().describe('the HTTP status'),
    kind: z.literal('Error'),
    reason: z.string().describe('for a person'),
  })
  .meta({ id: 'Error' });

/** Shapes (b) and (c): authentication, routing and the shape of requests. */
export const requestError = z
  .object({
    code: z.int().describe('the HTTP status'),
    message: z.string().describe('for a person'),
  })
  .meta({ id: 'RequestError' });

type ErrorBody = z.infer<typeof operationError> | z.infer<typeof requestError>;

interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ErrorBody;
}

/** What is refused now may be there in a moment: an ISO is. */
const uncached = { 'cache-control': 'no-store' };

/** For what is ready at a moment that nobody knows. */
const usualRetrySeconds = 5;

const operationAnswer = ({
  status,
  message,
  retryable,
  retryAfterSeconds = usualRetrySeconds,
}: ServiceError): ErrorAnswer => ({
  status,
  headers: { ...uncached, ...(retryable ? { 'retry-after': String(retryAfterSeconds) } : {}) },
  body:
    status === 401 || status === 403
      ? { code: status, message }
      : { code: String(status), href: '', id: status, kind: 'Error', reason: message },
});

/** The answer to any failure. What nobody expected becomes a 500 that says nothing of the inside. */
export const errorAnswer = (error: unknown): ErrorAnswer => {
  if (error instanceof RequestError) {
    const { status, headers, message } = error;
    return { status, headers: { ...uncached, ...headers }, body: { code: status, message } };
  }
  return operationAnswer(error instanceof ServiceError ? error : failure('InternalError'));
};
