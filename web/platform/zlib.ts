import { gunzipSync as gunzip } from 'fflate';

/** What the domain uses of `node:zlib`. @throws Error for what is not gzip, and for what is longer unpacked */
export const gunzipSync = (bytes: Uint8Array, { maxOutputLength }: { maxOutputLength: number }): Buffer => {
  const unpacked = gunzip(bytes);
  if (unpacked.length > maxOutputLength) throw new RangeError('unpacked it is too long');
  return Buffer.from(unpacked);
};
