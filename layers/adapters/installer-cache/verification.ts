import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

interface Expected {
  readonly path: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface Verification {
  /** Compares a file's content with its SHA-256, once for as long as the file stays the same. */
  readonly check: (expected: Expected) => Promise<'good' | 'damaged' | 'absent'>;
  /** Takes a file as compared: its content was hashed while it was written. */
  readonly trust: (expected: Expected) => Promise<void>;
}

/** Changes whenever the file is replaced, truncated or written; undefined when there is none. */
const identityOf = async (path: string): Promise<string | undefined> => {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found?.isFile() ? [found.dev, found.ino, found.size, found.mtimeNs].join(':') : undefined;
};

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
};

export const verification = (): Verification => {
  const verified = new Map<string, string>();
  const keyOf = ({ path, sha256 }: Expected): string => `${sha256} ${path}`;
  return {
    check: async (expected) => {
      const identity = await identityOf(expected.path);
      if (identity === undefined) return 'absent';
      if (verified.get(keyOf(expected)) === identity) return 'good';
      if ((await sha256Of(expected.path)) !== expected.sha256) return 'damaged';
      verified.set(keyOf(expected), identity);
      return 'good';
    },
    trust: async (expected) => {
      const identity = await identityOf(expected.path);
      if (identity !== undefined) verified.set(keyOf(expected), identity);
    },
  };
};
