/** What a request addresses: bucket, key, query and headers, decoded once. Path style only. */
import type { IncomingMessage } from 'node:http';
import { S3Error } from './s3-errors.ts';
import { uriDecode, uriEncodePath } from './signature/uri-encoding.ts';

export type Query = readonly (readonly [name: string, value: string])[];
export type Headers = Readonly<Record<string, string | undefined>>;

export type Target = {
  readonly method: string;
  /** The decoded path, starting with a slash. */
  readonly path: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly query: Query;
  /** Lower-case names; repeated headers joined by a comma. */
  readonly headers: Headers;
};

const decodeQueryPart = (part: string): string => uriDecode(part.includes('+') ? part.replaceAll('+', ' ') : part);

const parseQuery = (text: string): Query => {
  if (text === '') return [];
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const cut = pair.indexOf('=');
      if (cut < 0) return [decodeQueryPart(pair), ''];
      return [decodeQueryPart(pair.slice(0, cut)), decodeQueryPart(pair.slice(cut + 1))];
    });
};

const flatHeaders = (message: IncomingMessage): Headers => {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(',');
  }
  return headers;
};

const nonEmpty = (text: string): string | undefined => (text === '' ? undefined : text);

/** Reads target and headers. Throws InvalidURI for a target that is not a path or holds broken escapes. */
export const readTarget = (message: IncomingMessage): Target => {
  const url = message.url ?? '/';
  if (!url.startsWith('/')) throw new S3Error('InvalidURI');
  const cut = url.indexOf('?');
  const path = uriDecode(cut < 0 ? url : url.slice(0, cut));
  const slash = path.indexOf('/', 1);
  return {
    method: message.method ?? 'GET',
    path,
    bucket: nonEmpty(slash < 0 ? path.slice(1) : path.slice(1, slash)),
    key: slash < 0 ? undefined : nonEmpty(path.slice(slash + 1)),
    query: cut < 0 ? [] : parseQuery(url.slice(cut + 1)),
    headers: flatHeaders(message),
  };
};

/** The first value of a query parameter, undefined if absent. */
export const parameter = (query: Query, name: string): string | undefined =>
  query.find(([candidate]) => candidate === name)?.[1];

/** The path as it stands in the canonical request. */
export const canonicalPath = (target: Target): string => uriEncodePath(target.path);
