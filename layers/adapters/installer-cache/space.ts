import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
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
  /** Evicts until so many bytes fit, and keeps them free until they are given back; undefined when they cannot fit. */
  readonly reserve: (bytes: number) => Promise<(() => void) | undefined>;
  /** Evicts every file that is not in use. */
  readonly clear: () => Promise<void>;
}

const installerName = /^[0-9a-f]{64}$/;

const describe = async (path: string): Promise<CachedFile[]> => {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? [] : [{ path, size: found.size, usedAt: found.atimeMs }];
};

/** Least recently used first: the cache sets a file's access time at each use. */
const cachedFiles = async (dir: string): Promise<CachedFile[]> => {
  const names = (await readdir(dir)).filter((name) => installerName.test(name));
  const files = await Promise.all(names.map((name) => describe(join(dir, name))));
  return files.flat().sort((a, b) => a.usedAt - b.usedAt);
};

const once = (end: () => void): (() => void) => {
  let ended = false;
  return () => {
    if (!ended) end();
    ended = true;
  };
};

/** The bound of the cache folder. */
export const installerSpace = ({ dir, maxBytes }: SpaceSettings): Space => {
  const holders = new Map<string, number>();
  let reserved = 0;
  let turn: Promise<unknown> = Promise.resolve();

  // The test for use and the rename are one step: nobody can start to use the file between them. Removing the content
  // of a large file takes its time and comes after.
  const evict = async ({ path, size }: CachedFile): Promise<number> => {
    if (holders.has(path)) return 0;
    const evicted = join(dir, `${processMark}${randomUUID()}.evicted`);
    renameSync(path, evicted);
    await rm(evicted, { force: true });
    return size;
  };

  const makeRoom = async (bytes: number): Promise<(() => void) | undefined> => {
    if (bytes > maxBytes) return undefined;
    const files = await cachedFiles(dir);
    let taken = files.reduce((sum, { size }) => sum + size, reserved);
    for (const file of files) {
      if (taken + bytes <= maxBytes) break;
      taken -= await evict(file);
    }
    if (taken + bytes > maxBytes) return undefined;
    reserved += bytes;
    return once(() => {
      reserved -= bytes;
    });
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
    // One at a time: two that looked at the same moment would both count on the same free bytes.
    reserve: (bytes) => {
      const reservation = turn.then(() => makeRoom(bytes));
      turn = reservation.catch(() => undefined);
      return reservation;
    },
    clear: async () => {
      for (const file of await cachedFiles(dir)) await evict(file);
    },
  };
};
