import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { InstallerObjects } from '#adapters/installer-cache/installer-objects.ts';
import type { InstallerEncoding, Release } from '#domain/release/release.ts';

const encode: Readonly<Record<InstallerEncoding, (bytes: Buffer) => Buffer>> = {
  identity: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes),
  zstd: (bytes) => zstdCompressSync(bytes),
};

interface Added {
  readonly version: string;
  readonly content: Buffer;
  readonly encoding?: InstallerEncoding;
}

/** A releases bucket in memory: `opened` counts how often each key was read. */
export const memoryInstallerObjects = () => {
  const stored = new Map<string, Buffer>();
  const opened: string[] = [];
  let beforeOpen: (key: string) => Promise<Readable | undefined> = async () => undefined;

  const objects: InstallerObjects = {
    open: async (key) => {
      opened.push(key);
      const instead = await beforeOpen(key);
      if (instead !== undefined) return instead;
      const bytes = stored.get(key);
      return bytes === undefined ? undefined : Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]);
    },
  };

  return {
    objects,
    opened,
    stored,
    /** Runs before each object is opened, e.g. to hold a download up; a stream that it gives is read instead. */
    onOpen: (hook: typeof beforeOpen) => {
      beforeOpen = hook;
    },
    add: ({ version, content, encoding = 'identity' }: Added): Release => {
      const key = `installers/${version}`;
      stored.set(key, encode[encoding](content));
      return {
        version,
        cpuArchitectures: ['x86_64'],
        releaseImage: `quay.io/openshift-release-dev/ocp-release@sha256:${'0'.repeat(64)}`,
        supportLevel: 'production',
        provenance: 'signed',
        installer: {
          key,
          sha256: createHash('sha256').update(content).digest('hex'),
          size: content.length,
          encoding,
        },
        addedAt: '2026-01-01T00:00:00.000Z',
      };
    },
  };
};
