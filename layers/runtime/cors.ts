import { isImagePath } from '#contract/image-path.ts';
import type { HttpRequest } from './http-request.ts';
import type { HttpResult } from './router.ts';

/** Lets web pages of other origins read what this API answers. */
interface Cors {
  /** The answer to a browser that asks whether a page may call; undefined for any other request. */
  readonly preflight: (request: HttpRequest) => HttpResult | undefined;
  /** The answer with what a browser needs to hand it to the page. */
  readonly readable: (request: HttpRequest, result: HttpResult) => HttpResult;
}

type Headers = Readonly<Record<string, string>>;

const severityCounts = ['Info', 'Warning', 'Error', 'Critical'].map((severity) => `Severity-Count-${severity}`);

/** Of the assisted-service API, and the header that image tokens come in. */
const preflightHeaders: Headers = {
  'access-control-allow-methods': 'DELETE, GET, PATCH, POST, PUT, HEAD, OPTIONS',
  'access-control-allow-headers': 'Authorization, Content-Type, Image-Token, X-Request-ID',
  'access-control-max-age': '600',
};

const exposing: Headers = { 'access-control-expose-headers': [...severityCounts, 'Event-Count'].join(', ') };

const isPreflight = ({ method, headers }: HttpRequest): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;

/**
 * Never for images: the web UI loads what it can read into memory, tens of gigabytes of it, and navigates to what it
 * cannot.
 */
const isImage = ({ path }: HttpRequest): boolean => isImagePath(path);

const varying = (result: HttpResult, headers: Headers): HttpResult => {
  const vary = [result.headers?.vary, 'origin'].filter((name) => name !== undefined).join(', ');
  return { ...result, headers: { ...result.headers, ...headers, vary } };
};

/**
 * Cross-origin resource sharing without cookies or credentials of the browser's own.
 *
 * @param allowed origins, or `*` for any
 */
export const corsFor = (allowed: readonly string[] = []): Cors => {
  const allowing = ({ headers: { origin = '' } }: HttpRequest): Headers | undefined => {
    if (allowed.includes('*')) return { 'access-control-allow-origin': '*' };
    return allowed.includes(origin) ? { 'access-control-allow-origin': origin } : undefined;
  };
  const concerns = (request: HttpRequest): boolean => allowed.length > 0 && !isImage(request);

  return {
    preflight: (request) => {
      if (!concerns(request) || !isPreflight(request)) return undefined;
      return { statusCode: 204, headers: allowing(request) === undefined ? {} : { ...preflightHeaders } };
    },
    readable: (request, result) => {
      if (!concerns(request)) return result;
      const headers = allowing(request);
      return varying(result, headers === undefined ? {} : { ...headers, ...exposing });
    },
  };
};
