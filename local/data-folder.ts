import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type LevelStore, level } from '#emulators/dynamodb/level-store.ts';
import { hasCode, reasonOf, StartError } from './start-error.ts';

/** The data folder of a running stack: while it is held, no other process gets it. */
export interface DataFolder {
  /** Absolute path of something in it. */
  readonly path: (name: string) => string;
  /** Removes the folder, and those above it, where this process has made them; to be called when nothing in it is in use. */
  readonly discard: () => Promise<void>;
  /** True when the last holder was killed before it let go. */
  readonly leftOpen: boolean;
  readonly release: () => Promise<void>;
}

const isOfStore = (error: unknown, code: string): boolean => error instanceof Error && hasCode(error.cause, code);

// Node's own `recursive` never ends where making the parent says ENOENT too, as in /proc.
/** @returns the first folder that had to be made; undefined when all were there */
const makeFolder = async (path: string): Promise<string | undefined> => {
  try {
    await mkdir(path, { mode: 0o700 });
    return path;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return undefined;
    if (!hasCode(error, 'ENOENT')) throw error;
    const first = await makeFolder(dirname(path));
    await mkdir(path, { mode: 0o700 });
    return first ?? path;
  }
};

const holderMark = 'held';

// Node has no file locks of its own; this store locks its folder through the kernel, which lets go when the process ends
// in whatever way.
const openStore = async (path: string): Promise<LevelStore> => {
  const store = level(path);
  await store.open();
  return store;
};

interface Hold {
  readonly store: LevelStore;
  readonly leftOpen: boolean;
}

// It holds nothing but the mark: one that is damaged is made again, as if its holder had been killed.
const hold = async (root: string): Promise<Hold> => {
  const path = join(root, 'lock');
  try {
    const store = await openStore(path);
    return { store, leftOpen: (await store.get(holderMark)) !== undefined };
  } catch (error) {
    if (!isOfStore(error, 'LEVEL_CORRUPTION')) throw error;
    await rm(path, { recursive: true });
    return { store: await openStore(path), leftOpen: true };
  }
};

/**
 * Makes the folder (0700) if need be and takes it.
 *
 * @param root absolute
 * @throws StartError when another process has it or it cannot be written
 */
export const holdDataFolder = async (root: string): Promise<DataFolder> => {
  try {
    const made = await makeFolder(root);
    const { store, leftOpen } = await hold(root);
    await store.put(holderMark, String(process.pid));
    const release = async () => {
      await store.del(holderMark);
      await store.close();
    };
    const discard = async () => {
      if (made !== undefined) await rm(made, { recursive: true, force: true });
    };
    return { path: (name) => join(root, name), leftOpen, release, discard };
  } catch (error) {
    if (isOfStore(error, 'LEVEL_LOCKED'))
      throw new StartError(`the data folder ${root} is in use by another running instance`);
    throw new StartError(`cannot write the data folder ${root}: ${reasonOf(error)}`);
  }
};
