/** The text that a client and this server must agree on. Source: AWS Signature Version 4, "canonical request". */
import { canonicalPath, type Headers, type Query, type Target } from '../s3-request.ts';
import { uriEncode } from './uri-encoding.ts';

const canonicalQuery = (query: Query): string =>
  query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort(([a, x], [b, y]) => (a < b || (a === b && x < y) ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

const canonicalHeader = (headers: Headers, name: string): string =>
  `${name}:${(headers[name] ?? '').replace(/[ \t]+/g, ' ').trim()}\n`;

/** `signedHeaders` as given by the client: lower-case names, sorted. */
export const canonicalRequest = (
  target: Target,
  { signedHeaders, payloadHash }: { signedHeaders: readonly string[]; payloadHash: string },
): string =>
  [
    target.method,
    canonicalPath(target),
    canonicalQuery(target.query),
    signedHeaders.map((name) => canonicalHeader(target.headers, name)).join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
