import { PassThrough, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { InstallerEncoding } from '#domain/release/release.ts';
import { codeOf } from '../leftovers.ts';

// Each chunk of output is a trip to the thread pool: with Node's 16 KiB, zstd takes 2.4 times as long, and beyond this
// nothing is gained.
const chunkSize = 256 * 1024;

/** What makes the binary of an installer's stored bytes. */
export const decoders: Readonly<Record<InstallerEncoding, () => Transform>> = {
  identity: () => new PassThrough(),
  gzip: () => createGunzip({ chunkSize }),
  zstd: () => createZstdDecompress({ chunkSize }),
};

/** Whether this is a decoder's complaint about what it was given. */
export const isUndecodable = (error: unknown): boolean => /^(Z_|ZSTD_)/.test(codeOf(error).code ?? '');
