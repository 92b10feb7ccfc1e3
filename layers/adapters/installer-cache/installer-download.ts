import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { InstallerArtifact } from '#domain/release/release.ts';
import { codeOf } from '../leftovers.ts';
import { decoders, isUndecodable } from './decoders.ts';
import { ObjectReplaced } from './object-part.ts';

interface Download {
  /** The installer as stored; read to its end or destroyed. */
  readonly body: Readable;
  readonly artifact: InstallerArtifact;
  /** A file that does not exist yet. */
  readonly path: string;
}

/** `replaced`: it was another object at its end; `no-space`: the disk filled up before the configured bound was reached. */
export type DownloadResult = 'complete' | 'replaced' | 'corrupt' | 'no-space';

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
  const { code } = codeOf(error);
  if (error === corrupt || isUndecodable(error)) return 'corrupt';
  if (error instanceof ObjectReplaced) return 'replaced';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'no-space';
  throw error;
};

/**
 * Writes a release's installer, decoded and executable, to a file; it matches the release when this says `complete`.
 * Otherwise there is no file.
 */
export const downloadInstaller = async ({ body, artifact, path }: Download): Promise<DownloadResult> => {
  const file = createWriteStream(path, { mode: 0o700, flags: 'wx' });
  // Until then it cannot be run, and one that is just being opened appears after its removal.
  const closed = new Promise<void>((resolve) => file.once('close', resolve));
  try {
    await pipeline(body, decoders[artifact.encoding](), checked(artifact), file);
    await closed;
    return 'complete';
  } catch (error) {
    await closed;
    await rm(path, { force: true });
    return resultOf(error);
  }
};
