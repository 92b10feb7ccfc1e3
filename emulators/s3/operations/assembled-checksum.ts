/** The checksum of a completed upload, from those of its parts. Source: "Checking object integrity", S3 user guide. */
import { type Checksum, checksumHeader, startChecksum } from '../body/checksum.ts';
import { combineCrcs } from '../body/crc-combine.ts';
import { notImplemented, S3Error } from '../s3-errors.ts';
import type { Headers } from '../s3-request.ts';
import type { PartRecord } from '../store/records.ts';
import type { UploadChecksum } from './checksum-choice.ts';

type Pieces = readonly { readonly value: Buffer; readonly length: number }[];

const fullObject = ({ algorithm, type }: UploadChecksum, pieces: Pieces): Checksum | undefined => {
  const value = combineCrcs(algorithm, pieces);
  return value && { algorithm, type, value: value.toString('base64') };
};

const composite = ({ algorithm, type }: UploadChecksum, pieces: Pieces): Checksum => {
  const running = startChecksum(algorithm);
  for (const { value } of pieces) running.update(value);
  return { algorithm, type, value: `${running.digest().toString('base64')}-${pieces.length}` };
};

/** Undefined for an upload without an algorithm: its parts' checksums were checked and end with it. */
export const assembledChecksum = (chosen: UploadChecksum | undefined, parts: readonly PartRecord[]) => {
  if (chosen === undefined) return undefined;
  const pieces = parts.map(({ checksum, size }) => {
    if (checksum === undefined) throw new Error('A part of an upload with a checksum algorithm has no checksum.');
    return { value: Buffer.from(checksum.value, 'base64'), length: size };
  });
  return chosen.type === 'FULL_OBJECT' ? fullObject(chosen, pieces) : composite(chosen, pieces);
};

/** Compares with the whole object's checksum, if the client gave it. Throws BadDigest, InvalidRequest, NotImplemented. */
export const checkAssembled = (checksum: Checksum | undefined, headers: Headers): void => {
  const type = headers['x-amz-checksum-type'];
  if (type !== undefined && type !== checksum?.type) {
    throw new S3Error('InvalidRequest', 'x-amz-checksum-type differs from that of the created upload.');
  }
  const own = checksum && checksumHeader(checksum.algorithm);
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith('x-amz-checksum-') || name === 'x-amz-checksum-type') continue;
    if (name !== own) throw notImplemented(`${name} for an upload that was created without it`);
    if (value !== checksum?.value) throw new S3Error('BadDigest');
  }
};
