import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { PassThrough, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { InstallerArtifact, InstallerEncoding } from '#domain/release/release.ts';
import { codeOf } from '../leftovers.ts';
import type { InstallerObjects } from './objects.ts';

interface Download {
  readonly objects: InstallerObjects;
  readonly artifact: InstallerArtifact;
  /** A file that does not exist yet. */
  readonly path: string;
}

/** `no-space`: the disk filled up before the configured bound was reached. */
export type DownloadResult = 'complete' | 'missing' | 'corrupt' | 'no-space';

const decoders: Readonly<Record<InstallerEncoding, () => Transform>> = {
  identity: () => new PassThrough(),
  gzip: () => createGunzip(),
  zstd: () => createZstdDecompress(),
};

const corrupt = Symbol('corrupt');

/** Hashes on the way through, and stops what unpacks to more than the release says. */
const checked = ({ sha256, size }: InstallerArtifact) =>
  async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    let length = 0;
    for await (const chunk of source) {
      length += chunk.length;
      if (length > size) throw corrupt;
      hash.update(chunk);
      yield chunk;
    }
    if (length !== size || hash.digest('hex') !== sha256) throw corrupt;
  };

const resultOf = (error: unknown): DownloadResult => {
  const { code = '' } = codeOf(error);
  if (error === corrupt || /^(Z_|ZSTD_)/.test(code)) return 'corrupt';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'no-space';
  throw error;
};

/**
 * Writes a release's installer, decoded and executable, to a file; it matches the release only when this says
 * `complete`. Otherwise the file may hold a part of it.
 */
export const downloadInstaller = async ({ objects, artifact, path }: Download): Promise<DownloadResult> => {
  const body = await objects.open(artifact.key);
  if (body === undefined) return 'missing';
  try {
    const file = createWriteStream(path, { mode: 0o700, flags: 'wx' });
    await pipeline(body, decoders[artifact.encoding](), checked(artifact), file);
    return 'complete';
  } catch (error) {
    return resultOf(error);
  }
};
