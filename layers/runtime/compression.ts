import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import { failure } from '#domain/errors.ts';
import type { HttpResult } from './router.ts';

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** Below this a packet is a packet; compressing would only cost time. */
const worthwhileBytes = 4 * 1024;

/** Lambda takes 6 MiB of answer, its envelope and the escapes of JSON in JSON included. */
const maximumBytes = 4.5 * 1024 * 1024;

const acceptsGzip = (acceptEncoding: string): boolean =>
  /(^|[\s,])(gzip|\*)\s*(;\s*q=(1|0\.\d*[1-9])|,|$)/i.test(acceptEncoding);

/** An answer that was compressed ahead, for a client that may take none such. */
const expanded = async ({ body = '', headers, ...rest }: HttpResult): Promise<HttpResult> => {
  const { 'content-encoding': _, ...others } = headers ?? {};
  const bytes = await expand(Buffer.from(body, 'base64'));
  return { ...rest, headers: others, body: bytes.toString('base64') };
};

const varying = (result: HttpResult): HttpResult => ({
  ...result,
  headers: { ...result.headers, vary: 'accept-encoding' },
});

/**
 * The answer as the client accepts it: gzip'd where that pays, as the assisted-service API does it for all routes.
 *
 * @param acceptEncoding the request's header, empty without one
 * @throws AnswerTooLarge when it is more than Lambda can answer and the client takes no gzip
 */
export const compressed = async (result: HttpResult, acceptEncoding: string): Promise<HttpResult> => {
  const { body = '', headers = {} } = result;
  const isReady = headers['content-encoding'] === 'gzip';
  if (isReady) return varying(acceptsGzip(acceptEncoding) ? result : await expanded(result));
  const bytes = Buffer.byteLength(body);
  if (bytes < worthwhileBytes || result.isBase64Encoded) return result;
  if (!acceptsGzip(acceptEncoding)) {
    if (bytes > maximumBytes) throw failure('AnswerTooLarge', { megabytes: bytes / 1024 ** 2 });
    return varying(result);
  }
  const zipped = await compress(body, { level: constants.Z_BEST_SPEED });
  return varying({
    ...result,
    headers: { ...headers, 'content-encoding': 'gzip' },
    body: zipped.toString('base64'),
    isBase64Encoded: true,
  });
};
