import { createRequire } from 'node:module';

/** What is used here of the LevelDB store that dynalite brings. */
export interface LevelStore {
  /** Rejects with a cause of the code LEVEL_LOCKED when another process has the folder open. */
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** undefined when there is nothing of that key. */
  readonly get: (key: string) => Promise<string | undefined>;
  readonly put: (key: string, value: string) => Promise<void>;
  readonly del: (key: string) => Promise<void>;
  readonly clear: (range: { readonly gte: string; readonly lt: string }) => Promise<void>;
}

const { Level }: { Level: new (path: string) => LevelStore } = createRequire(
  createRequire(import.meta.url).resolve('dynalite'),
)('level');

/** The store in this folder, which is made if its parent is there. */
export const level = (path: string): LevelStore => new Level(path);
