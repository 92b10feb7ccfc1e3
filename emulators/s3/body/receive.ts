/** Takes in a request's body: decoded, hashed on the way, and refused at the end if any promise was broken. */
import { createHash, type Hash } from 'node:crypto';
import { S3Error } from '../s3-errors.ts';
import type { Headers } from '../s3-request.ts';
import type { Verified } from '../signature/verify-signature.ts';
import { decodeAwsChunked, type Trailers } from './aws-chunked.ts';
import {
  type Checksum,
  type ChecksumAlgorithm,
  checksumHeader,
  isChecksumValue,
  type RunningChecksum,
  startChecksum,
} from './checksum.ts';
import { chunkSignatures, noChunkSignatures } from './chunk-signatures.ts';
import {
  type ExpectedChecksum,
  type Framing,
  readContentLength,
  readExpectedChecksum,
  readExpectedMd5,
  readFraming,
} from './expectations.ts';

export type IncomingBody = {
  readonly headers: Headers;
  readonly verified: Verified;
  readonly bytes: () => AsyncIterable<Buffer>;
};

export type Received = { readonly length: number; readonly md5: Buffer; readonly checksum: Checksum | undefined };

type Hashes = { md5: Hash; sha256: Hash | undefined; checksum: RunningChecksum | undefined };

/** 5 GiB: the most that one PutObject or UploadPart may bring. */
export const largestBody = 5_368_709_120;

const startHashes = (framing: Framing, algorithm: ChecksumAlgorithm | undefined): Hashes => ({
  md5: createHash('md5'),
  sha256: framing.sha256 === undefined ? undefined : createHash('sha256'),
  checksum: algorithm === undefined ? undefined : startChecksum(algorithm),
});

const decoded = (body: IncomingBody, framing: Framing, onTrailers: (trailers: Trailers) => void) => {
  if (!framing.chunked) return body.bytes();
  const signatures = framing.chunksSigned ? chunkSignatures(body.verified.chain) : noChunkSignatures;
  return decodeAwsChunked({ source: body.bytes(), signatures, onTrailers });
};

const expectedValue = (expected: ExpectedChecksum, trailers: Trailers): string => {
  const value = expected.value ?? trailers.get(checksumHeader(expected.algorithm));
  if (value === undefined || !isChecksumValue(expected.algorithm, value)) throw new S3Error('MalformedTrailerError');
  return value;
};

const checkChecksum = (value: string | undefined, expected: ExpectedChecksum | undefined, trailers: Trailers): void => {
  if (expected === undefined || value === expectedValue(expected, trailers)) return;
  throw new S3Error('BadDigest', `The ${expected.algorithm} you specified did not match the calculated checksum.`);
};

const checkedMd5 = (hashes: Hashes, headers: Headers): Buffer => {
  const md5 = hashes.md5.digest();
  const expected = readExpectedMd5(headers);
  if (expected !== undefined && !expected.equals(md5)) throw new S3Error('BadDigest');
  return md5;
};

/**
 * Hands the content to `sink` buffer by buffer, so nothing is held here. What the sink has taken is to be thrown away
 * when this throws: the checks come last.
 */
export const receiveBody = async (
  body: IncomingBody,
  options: {
    limit: number;
    sink: (bytes: Buffer) => Promise<void> | void;
    /** Computed where the client has promised none. */
    compute?: ChecksumAlgorithm | undefined;
  },
): Promise<Received> => {
  const framing = readFraming(body.verified.payloadHash);
  const expected = readExpectedChecksum(body.headers);
  readExpectedMd5(body.headers);
  const announced = readContentLength(body.headers, framing.chunked);
  if (announced > options.limit) throw new S3Error('EntityTooLarge', undefined, { MaxSizeAllowed: `${options.limit}` });

  const algorithm = expected?.algorithm ?? options.compute;
  const hashes = startHashes(framing, algorithm);
  let trailers: Trailers = new Map();
  let length = 0;
  const content = decoded(body, framing, (received) => {
    trailers = received;
  });
  for await (const bytes of content) {
    length += bytes.length;
    if (length > announced) throw new S3Error('IncompleteBody');
    hashes.md5.update(bytes);
    hashes.sha256?.update(bytes);
    hashes.checksum?.update(bytes);
    await options.sink(bytes);
  }
  if (length !== announced) throw new S3Error('IncompleteBody');
  if (hashes.sha256 !== undefined && hashes.sha256.digest('hex') !== framing.sha256) {
    throw new S3Error('XAmzContentSHA256Mismatch');
  }
  const value = hashes.checksum?.digest().toString('base64');
  checkChecksum(value, expected, trailers);
  const checksum =
    algorithm === undefined || value === undefined ? undefined : ({ algorithm, value, type: 'FULL_OBJECT' } as const);
  return { length, md5: checkedMd5(hashes, body.headers), checksum };
};

/** A whole small body as text. Throws EntityTooLarge past `limit` bytes. */
export const receiveText = async (body: IncomingBody, limit: number): Promise<{ text: string } & Received> => {
  const parts: Buffer[] = [];
  const received = await receiveBody(body, { limit, sink: (bytes) => void parts.push(bytes) });
  return { ...received, text: Buffer.concat(parts).toString('utf8') };
};
