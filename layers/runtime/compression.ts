import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { failure } from '#domain/errors.ts';
import type { HttpResult } from './router.ts';

/** Below this a packet is a packet; compressing would only cost time. */
const worthwhileBytes = 4 * 1024;

/** Of an answer that is not compressed. */
const maximumBytes = 4.5 * 1024 * 1024;

/** Lambda takes 6 MiB of answer; the rest is for status and headers. */
const maximumCarried = 6 * 1024 * 1024 - 16 * 1024;

/** A body is carried as JSON, in which its quotation marks are escaped. */
const isCarried = (body: string): boolean => Buffer.byteLength(JSON.stringify(body)) <= maximumCarried;

const acceptsGzip = (acceptEncoding: string): boolean =>
  /(^|[\s,])(gzip|\*)\s*(;\s*q=(1|0\.\d*[1-9])|,|$)/i.test(acceptEncoding);

/** An answer that was compressed ahead, for a client that may take none such. */
const expanded = ({ body = '', headers, ...rest }: HttpResult): HttpResult => {
  const { 'content-encoding': _, ...others } = headers ?? {};
  return { ...rest, headers: others, body: gunzipSync(Buffer.from(body, 'base64')).toString('base64') };
};

const varying = (result: HttpResult): HttpResult => ({
  ...result,
  headers: { ...result.headers, vary: 'accept-encoding' },
});

/**
 * The answer as the client accepts it: gzip'd where that pays, as the assisted-service API does it for all routes.
 *
 * @param acceptEncoding the request's header, empty without one
 * @throws AnswerTooLarge when it is more than Lambda can answer
 */
export const compressed = (result: HttpResult, acceptEncoding: string): HttpResult => {
  const { body = '', headers = {} } = result;
  const isReady = headers['content-encoding'] === 'gzip';
  if (isReady) return varying(acceptsGzip(acceptEncoding) ? result : expanded(result));
  const bytes = Buffer.byteLength(body);
  if (bytes < worthwhileBytes || result.isBase64Encoded) return result;
  if (!acceptsGzip(acceptEncoding)) {
    if (bytes > maximumBytes || !isCarried(body)) throw failure('AnswerTooLarge', { megabytes: bytes / 1024 ** 2 });
    return varying(result);
  }
  // A function answers one request at a time: none waits while this one's answer is compressed.
  const zipped = gzipSync(body, { level: constants.Z_BEST_SPEED }).toString('base64');
  if (!isCarried(zipped)) throw failure('AnswerTooLarge', { megabytes: bytes / 1024 ** 2, isCompressed: true });
  return varying({
    ...result,
    headers: { ...headers, 'content-encoding': 'gzip' },
    body: zipped,
    isBase64Encoded: true,
  });
};
