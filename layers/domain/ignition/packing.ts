import { gzipSync } from 'node:zlib';
import { cpioArchive } from './cpio.ts';

const alignment = 4;

/**
 * An ignition as a CoreOS image holds it: a gzip'd cpio archive with the one entry `config.ign`, then zeros up to a multiple
 * of four. Equal ignitions give equal bytes: neither the archive nor the gzip header holds a time.
 */
export const packIgnition = (ignition: Uint8Array): Buffer => {
  const packed = gzipSync(cpioArchive([{ name: 'config.ign', mode: 0o644, content: ignition }]));
  return Buffer.concat([packed, Buffer.alloc((alignment - (packed.length % alignment)) % alignment)]);
};
