/** The checksums that S3 takes and gives: their names, headers and how to compute them. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type Crc64State, updateCrc32c, updateCrc64 } from './crc-tables.ts';

export const checksumAlgorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** FULL_OBJECT: over the bytes. COMPOSITE: over the checksums of the parts. */
export const checksumTypes = ['FULL_OBJECT', 'COMPOSITE'] as const;
export type ChecksumType = (typeof checksumTypes)[number];

/** `value` is base64, of a composite one followed by `-` and the number of parts. */
export type Checksum = {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
  readonly type: ChecksumType;
};

export type RunningChecksum = { update(chunk: Uint8Array): void; digest(): Buffer };

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

const runningCrc32 = (): RunningChecksum => {
  let value = 0;
  return {
    update(chunk) {
      value = crc32(chunk, value);
    },
    digest: () => uint32(value),
  };
};

const runningCrc32c = (): RunningChecksum => {
  let state = 0xffffffff;
  return {
    update(chunk) {
      state = updateCrc32c(state, chunk);
    },
    digest: () => uint32(~state),
  };
};

const runningCrc64 = (): RunningChecksum => {
  const state: Crc64State = { high: 0xffffffff, low: 0xffffffff };
  return {
    update: (chunk) => updateCrc64(state, chunk),
    digest: () => Buffer.concat([uint32(~state.high), uint32(~state.low)]),
  };
};

const runningHash = (name: string): RunningChecksum => {
  const hash = createHash(name);
  return {
    update(chunk) {
      hash.update(chunk);
    },
    digest: () => hash.digest(),
  };
};

const starters: Readonly<Record<ChecksumAlgorithm, () => RunningChecksum>> = {
  CRC32: runningCrc32,
  CRC32C: runningCrc32c,
  CRC64NVME: runningCrc64,
  SHA1: () => runningHash('sha1'),
  SHA256: () => runningHash('sha256'),
};

/** Raw digests, big-endian, as S3 base64-encodes them. */
export const startChecksum = (algorithm: ChecksumAlgorithm): RunningChecksum => starters[algorithm]();

const lengths: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

/** Is `value` the canonical base64 form of a digest of this algorithm? */
export const isChecksumValue = (algorithm: ChecksumAlgorithm, value: string): boolean => {
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === lengths[algorithm] && bytes.toString('base64') === value;
};

export const checksumHeader = (algorithm: ChecksumAlgorithm): string => `x-amz-checksum-${algorithm.toLowerCase()}`;

export const algorithmOfHeader = (header: string): ChecksumAlgorithm | undefined =>
  checksumAlgorithms.find((algorithm) => checksumHeader(algorithm) === header);

/** The headers that tell a stored checksum. */
export const checksumHeaders = (checksum: Checksum | undefined): Record<string, string> =>
  checksum === undefined
    ? {}
    : { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
