import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { failure } from '#domain/errors.ts';
import type { HttpResult } from './router.ts';

const compress = promisify(gzip);

/** Below this a packet is a packet; compressing would only cost time. */
const worthwhileBytes = 4 * 1024;

/** Lambda takes 6 MiB of answer, its envelope and the escapes of JSON in JSON included. */
const maximumBytes = 4.5 * 1024 * 1024;

const acceptsGzip = (acceptEncoding: string): boolean =>
  /(^|[\s,])(gzip|\*)\s*(;\s*q=(1|0\.\d*[1-9])|,|$)/i.test(acceptEncoding);

/** A client that keeps an answer for good downloads it once: the time for making it small is well spent. */
const isKept = (headers: NonNullable<HttpResult['headers']>): boolean =>
  String(headers['cache-control'] ?? '').includes('immutable');

/**
 * The answer as the client accepts it: gzip'd where that pays, as the assisted-service API does it for all routes.
 *
 * @param acceptEncoding the request's header, empty without one
 * @throws AnswerTooLarge when it is more than Lambda can answer and the client takes no gzip
 */
export const compressed = async (result: HttpResult, acceptEncoding: string): Promise<HttpResult> => {
  const { body = '', headers = {} } = result;
  const bytes = Buffer.byteLength(body);
  if (bytes < worthwhileBytes || result.isBase64Encoded) return result;
  if (!acceptsGzip(acceptEncoding)) {
    if (bytes > maximumBytes) throw failure('AnswerTooLarge', { megabytes: bytes / 1024 ** 2 });
    return { ...result, headers: { ...headers, vary: 'accept-encoding' } };
  }
  const zipped = await compress(body, {
    level: isKept(headers) ? constants.Z_DEFAULT_COMPRESSION : constants.Z_BEST_SPEED,
  });
  return {
    ...result,
    headers: { ...headers, vary: 'accept-encoding', 'content-encoding': 'gzip' },
    body: zipped.toString('base64'),
    isBase64Encoded: true,
  };
};
