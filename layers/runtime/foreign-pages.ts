import { RequestError } from '#contract/error-answer.ts';
import { excerpt } from '#domain/values/printable.ts';
import type { HttpRequest } from './http-request.ts';

interface Known {
  /** Origins of web pages that may call, `*` for any. */
  readonly allowedDomains?: readonly string[] | undefined;
  /** Where clients reach the API, if they do not reach it by the name of the gateway. */
  readonly publicUrl?: string | undefined;
}

const changesNothing = ['GET', 'HEAD', 'OPTIONS'];

const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined);

/**
 * Whether the browser itself says so; through a proxy it is the only one who knows. Browsers say it to addresses that
 * they trust: https, and this machine.
 */
const isSameOrigin = ({ headers }: HttpRequest): boolean =>
  ['same-origin', 'none'].includes(headers['sec-fetch-site'] ?? '');

/**
 * Makes the check that no web page of another origin changes anything: a browser sends a POST for any page, and only
 * keeps the answer from it, which is too late where nobody is asked who they are. Anything but a browser sends no `Origin`
 * and is not this check's business. Schemes are not compared: behind a proxy the gateway does not know the one that
 * the browser used.
 *
 * @returns a check that throws RequestError (403)
 */
export const foreignPages = ({ allowedDomains = [], publicUrl = '' }: Known): ((request: HttpRequest) => void) => {
  const publicHost = hostOf(publicUrl);

  const isKnown = (origin: string, { headers }: HttpRequest): boolean => {
    const host = hostOf(origin);
    const isOwn = host !== undefined && (host === headers.host || host === publicHost);
    return isOwn || allowedDomains.some((allowed) => allowed === '*' || allowed === origin);
  };

  return (request) => {
    const { origin } = request.headers;
    if (origin === undefined || changesNothing.includes(request.method)) return;
    if (isSameOrigin(request) || isKnown(origin, request)) return;
    throw new RequestError(
      403,
      `web pages of ${excerpt(origin)} may change nothing here: an operator has to allow their origin by allowedDomains ` +
        '(npm start -- --allowed-domains ORIGIN)',
    );
  };
};
