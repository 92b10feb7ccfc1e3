import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { errorAnswer, RequestError } from '#contract/error-answer.ts';
import { imagePage, imagePageHeaders } from '#contract/image-page.ts';
import { isImagePath } from '#contract/image-path.ts';
import type { OperationId } from '#contract/route-table.ts';
import { ServiceError } from '#domain/errors.ts';
import type { Logger } from '#domain/ports.ts';
import { acceptsPages } from './accept.ts';
import type { Admit } from './admission.ts';
import { compressed } from './compression.ts';
import { corsFor } from './cors.ts';
import { foreignPages } from './foreign-pages.ts';
import { type HttpRequest, readHttpRequest } from './http-request.ts';
import { errorFields, refusalFields } from './logging.ts';
import { measureCall } from './metrics.ts';
import type { Operations, RoutesOf } from './operation.ts';
import { type Call, createRouter, type HttpResult, render } from './router.ts';
import { unavailability } from './unavailable.ts';

interface HttpFunction<Id extends OperationId> {
  /** Rows of the route table; those without an operation here are of another function. */
  readonly routes: RoutesOf<Id>;
  readonly operations: Operations<Id>;
  readonly admit: Admit;
  /** Origins of web pages that may call and read the answers, `*` for any; none by default. */
  readonly allowedDomains?: readonly string[] | undefined;
  /** Where clients reach the API, if they do not reach it by the name of the gateway. */
  readonly publicUrl?: string | undefined;
  readonly logger: Logger;
}

interface Report {
  readonly call: Call;
  readonly requestId: string | undefined;
  readonly status: number;
  readonly fault: boolean;
  readonly milliseconds: number;
}

const isFault = (error: unknown): boolean =>
  error instanceof ServiceError ? error.isFault : !(error instanceof RequestError);

/** A browser that follows the address of an image shows what it is answered to whoever sits before it. */
const isOpenedByPerson = ({ method, path, headers: { accept = '' } }: HttpRequest): boolean =>
  method === 'GET' && isImagePath(path) && acceptsPages(accept);

/**
 * One Lambda handler for the operations of the route table that a function serves. Any event gets a well-formed
 * answer, and every request one line in the log: operation, status, duration; no path, query, header or body.
 */
export const httpHandler = <Id extends OperationId>({
  routes,
  operations,
  admit,
  allowedDomains,
  publicUrl,
  logger,
}: HttpFunction<Id>) => {
  const route = createRouter({ routes, operations, admit });
  const cors = corsFor(allowedDomains);
  const refuseForeignPages = foreignPages({ allowedDomains, publicUrl });

  const refuse = (error: unknown, request: HttpRequest | undefined): HttpResult => {
    const { requestId } = request ?? {};
    const unavailable = unavailability(error);
    if (unavailable !== undefined)
      logger.warn('a service of AWS is not available', { requestId, ...refusalFields(error) });
    else if (!(error instanceof ServiceError || error instanceof RequestError)) {
      logger.error('unexpected error', { requestId, ...errorFields(error) });
    }
    const { status, body, headers } = errorAnswer(unavailable ?? error);
    if (request === undefined || !isOpenedByPerson(request)) return render(status, body, headers);
    const reason = 'reason' in body ? body.reason : body.message;
    return { statusCode: status, headers: { ...headers, ...imagePageHeaders }, body: imagePage(error, reason) };
  };

  const report = ({ call, requestId, status, fault, milliseconds }: Report) => {
    logger.info('request', { requestId, ...call, status, milliseconds });
    measureCall({ operation: call.operation, milliseconds, fault });
  };

  const answer = async (request: HttpRequest, call: Call, context: Context): Promise<HttpResult> => {
    const preflight = cors.preflight(request);
    if (preflight !== undefined) return preflight;
    refuseForeignPages(request);
    return compressed(await route(request, call, context), request.headers['accept-encoding'] ?? '');
  };

  const handle = async (event: unknown, context: Context): Promise<HttpResult> => {
    const started = performance.now();
    const call: Call = { operation: 'none' };
    let request: HttpRequest | undefined;
    let result: HttpResult;
    let fault = false;
    try {
      request = readHttpRequest(event);
      result = await answer(request, call, context);
    } catch (error) {
      result = refuse(error, request);
      fault = isFault(error);
    }
    const milliseconds = Math.round(performance.now() - started);
    report({ call, requestId: request?.requestId, status: result.statusCode ?? 500, fault, milliseconds });
    return request === undefined ? result : cors.readable(request, result);
  };

  return middy<unknown, HttpResult>().handler(handle);
};
