import { randomUUID } from 'node:crypto';
import { readdirSync, renameSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { processMark } from '../leftovers.ts';

interface SpaceSettings {
  readonly dir: string;
  /** Bytes that all installers in the folder may take together. */
  readonly maxBytes: number;
}

interface CachedFile {
  readonly path: string;
  readonly size: number;
  readonly usedAt: number;
}

export interface Space {
  /** Keeps a file from being evicted until the returned function is called; that again changes nothing. */
  readonly hold: (path: string) => () => void;
  /**
   * Evicts until so many bytes fit, and keeps them free until they are given back; undefined, and nothing evicted, when
   * they cannot fit.
   */
  readonly reserve: (bytes: number) => Promise<(() => void) | undefined>;
  /** Evicts every file that is not in use. */
  readonly clear: () => Promise<void>;
}

const installerName = /^[0-9a-f]{64}$/;

const describe = (path: string): CachedFile[] => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? [] : [{ path, size: found.size, usedAt: found.atimeMs }];
};

/** Least recently used first: the cache sets a file's access time at each use. */
const cachedFiles = (dir: string): CachedFile[] => {
  const names = readdirSync(dir).filter((name) => installerName.test(name));
  return names.flatMap((name) => describe(join(dir, name))).sort((a, b) => a.usedAt - b.usedAt);
};

/** The first files that are so large together; undefined when all are smaller. */
const enough = (files: readonly CachedFile[], bytes: number): readonly CachedFile[] | undefined => {
  const chosen: CachedFile[] = [];
  let left = bytes;
  for (const file of files) {
    if (left <= 0) break;
    chosen.push(file);
    left -= file.size;
  }
  return left <= 0 ? chosen : undefined;
};

const once = (end: () => void): (() => void) => {
  let ended = false;
  return () => {
    if (!ended) end();
    ended = true;
  };
};

/**
 * The bound of the cache folder. Looking, choosing, renaming and reserving are one step that nothing comes between: no
 * one begins to use a file that is being evicted, and no two count on the same free bytes. Only the removal of what was
 * evicted takes its time, and only whoever asked for the room waits for it.
 */
export const installerSpace = ({ dir, maxBytes }: SpaceSettings): Space => {
  const holders = new Map<string, number>();
  let reserved = 0;

  const evictable = () => cachedFiles(dir).filter(({ path }) => !holders.has(path));

  const takenBytes = () => cachedFiles(dir).reduce((sum, { size }) => sum + size, reserved);

  const evict = async (files: readonly CachedFile[]): Promise<void> => {
    const evicted = files.map(({ path }) => {
      const hidden = join(dir, `${processMark}${randomUUID()}.evicted`);
      renameSync(path, hidden);
      return hidden;
    });
    await Promise.all(evicted.map((path) => rm(path, { force: true })));
  };

  return {
    hold: (path) => {
      holders.set(path, (holders.get(path) ?? 0) + 1);
      return once(() => {
        const others = (holders.get(path) ?? 1) - 1;
        if (others === 0) holders.delete(path);
        else holders.set(path, others);
      });
    },
    reserve: async (bytes) => {
      const files = enough(evictable(), takenBytes() + bytes - maxBytes);
      if (files === undefined) return undefined;
      reserved += bytes;
      const giveBack = once(() => {
        reserved -= bytes;
      });
      try {
        await evict(files);
        return giveBack;
      } catch (error) {
        giveBack();
        throw error;
      }
    },
    clear: () => evict(evictable()),
  };
};
