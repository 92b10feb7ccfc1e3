/** Which checksum a client asks for by name, in x-amz-checksum-algorithm and x-amz-checksum-type. */
import { type ChecksumAlgorithm, type ChecksumType, checksumAlgorithms, checksumTypes } from '../body/checksum.ts';
import { isLinear } from '../body/crc-combine.ts';
import { notImplemented, S3Error } from '../s3-errors.ts';
import type { Headers } from '../s3-request.ts';

/** Undefined without the header. Throws NotImplemented for an algorithm that is not known here. */
export const requestedAlgorithm = (headers: Headers): ChecksumAlgorithm | undefined => {
  const name = headers['x-amz-checksum-algorithm'];
  if (name === undefined) return undefined;
  const algorithm = checksumAlgorithms.find((candidate) => candidate === name.toUpperCase());
  if (algorithm === undefined) throw notImplemented(`The checksum algorithm ${name}`);
  return algorithm;
};

const requestedType = (headers: Headers): ChecksumType | undefined => {
  const name = headers['x-amz-checksum-type'];
  const type = checksumTypes.find((candidate) => candidate === name);
  if (name !== undefined && type === undefined) {
    throw new S3Error('InvalidRequest', 'Value for x-amz-checksum-type header is not valid.');
  }
  return type;
};

/** A multipart upload has no full-object checksum by a hash, and no composite one by CRC64NVME. */
const isPossible = (algorithm: ChecksumAlgorithm, type: ChecksumType): boolean =>
  type === 'FULL_OBJECT' ? isLinear(algorithm) : algorithm !== 'CRC64NVME';

export type UploadChecksum = { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType };

/** The checksum that a multipart upload is to have, undefined if none is asked for. Throws InvalidRequest. */
export const uploadChecksum = (headers: Headers): UploadChecksum | undefined => {
  const algorithm = requestedAlgorithm(headers);
  const given = requestedType(headers);
  if (algorithm === undefined) {
    if (given === undefined) return undefined;
    throw new S3Error('InvalidRequest', 'x-amz-checksum-type needs x-amz-checksum-algorithm.');
  }
  const type = given ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  if (isPossible(algorithm, type)) return { algorithm, type };
  throw new S3Error('InvalidRequest', `The ${type} checksum type cannot be used with the ${algorithm} algorithm.`);
};
