import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { decoders, isUndecodable } from '#adapters/installer-cache/decoders.ts';
import { installerObjects } from '#adapters/installer-cache/installer-objects.ts';
import type { InstallerArtifact } from '#domain/release/release.ts';
import type { ReleasesBucket } from './release-target.ts';

export type StoredState = 'intact' | 'damaged' | 'missing';

/** Reads what is stored of an installer, to its end, and compares it with what the release says of it. */
export const examineInstaller = async (
  { s3, bucket }: ReleasesBucket,
  { key, sha256, size, encoding }: InstallerArtifact,
  signal: AbortSignal,
): Promise<StoredState> => {
  const stored = await installerObjects({ client: s3, bucket }).open(key);
  if (stored === undefined) return 'missing';
  const hash = createHash('sha256');
  let length = 0;
  try {
    await pipeline(
      stored,
      decoders[encoding](),
      async (source: AsyncIterable<Buffer>) => {
        for await (const chunk of source) {
          length += chunk.length;
          if (length > size) throw new Error('longer than the release says');
          hash.update(chunk);
        }
      },
      { signal },
    );
  } catch (error) {
    if (length > size || isUndecodable(error)) return 'damaged';
    throw error;
  }
  return length === size && hash.digest('hex') === sha256 ? 'intact' : 'damaged';
};
