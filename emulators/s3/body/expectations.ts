/** What the client has promised about a body before sending it. */
import { notImplemented, S3Error } from '../s3-errors.ts';
import type { Headers } from '../s3-request.ts';
import {
  algorithmOfHeader,
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumHeader,
  isChecksumValue,
} from './checksum.ts';

/** `value` is base64; undefined while it is still to come in the trailer. */
export type ExpectedChecksum = { readonly algorithm: ChecksumAlgorithm; readonly value: string | undefined };

/** How the bytes are framed and protected. */
export type Framing = {
  readonly chunked: boolean;
  readonly chunksSigned: boolean;
  readonly trailer: boolean;
  /** hex */
  readonly sha256: string | undefined;
};

const streaming: Readonly<Record<string, Omit<Framing, 'sha256' | 'chunked'>>> = {
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { chunksSigned: false, trailer: true },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { chunksSigned: true, trailer: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { chunksSigned: true, trailer: true },
};

export const readFraming = (payloadHash: string): Framing => {
  const plain = { chunked: false, chunksSigned: false, trailer: false };
  if (payloadHash === 'UNSIGNED-PAYLOAD') return { ...plain, sha256: undefined };
  if (/^[0-9a-f]{64}$/.test(payloadHash)) return { ...plain, sha256: payloadHash };
  const stream = streaming[payloadHash];
  if (stream !== undefined) return { ...stream, chunked: true, sha256: undefined };
  if (payloadHash.startsWith('STREAMING-')) throw notImplemented(`The payload kind ${payloadHash}`);
  throw new S3Error('InvalidArgument', 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-…, or a hex sha256.');
};

const trailingAlgorithm = (headers: Headers): ChecksumAlgorithm | undefined => {
  const name = headers['x-amz-trailer']?.toLowerCase().trim();
  if (name === undefined) return undefined;
  const algorithm = algorithmOfHeader(name);
  if (algorithm === undefined) throw notImplemented(`The trailer ${name}`);
  return algorithm;
};

/** The one checksum announced in header or trailer. Throws InvalidRequest for several or a malformed value. */
export const readExpectedChecksum = (headers: Headers): ExpectedChecksum | undefined => {
  const given = checksumAlgorithms.flatMap((algorithm): ExpectedChecksum[] => {
    const value = headers[checksumHeader(algorithm)];
    return value === undefined ? [] : [{ algorithm, value }];
  });
  const trailing = trailingAlgorithm(headers);
  if (trailing !== undefined) given.push({ algorithm: trailing, value: undefined });
  const [expected, another] = given;
  if (another !== undefined) {
    throw new S3Error('InvalidRequest', 'Expecting a single x-amz-checksum- header or trailer.');
  }
  if (expected?.value !== undefined && !isChecksumValue(expected.algorithm, expected.value)) {
    throw new S3Error('InvalidRequest', `Value for ${checksumHeader(expected.algorithm)} header is not valid.`);
  }
  return expected;
};

/** The md5 that Content-MD5 announces, undefined without the header. Throws InvalidDigest. */
export const readExpectedMd5 = (headers: Headers): Buffer | undefined => {
  const value = headers['content-md5'];
  if (value === undefined) return undefined;
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== 16) throw new S3Error('InvalidDigest');
  return bytes;
};

/** The length of the content in bytes. Throws MissingContentLength: S3 takes no body of unknown length. */
export const readContentLength = (headers: Headers, chunked: boolean): number => {
  const text = headers[chunked ? 'x-amz-decoded-content-length' : 'content-length'];
  if (text === undefined) throw new S3Error('MissingContentLength');
  const length = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(length)) throw new S3Error('InvalidArgument', 'The content length is not a number.');
  return length;
};
