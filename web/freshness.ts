import { statSync } from 'node:fs';

const modified = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

/** Whether a made file is there, as are all that it was made of, and none of those is newer. */
export const isFresh = (made: string, sources: readonly string[]): boolean => {
  const then = modified(made);
  return then !== undefined && sources.every((path) => (modified(path) ?? Number.POSITIVE_INFINITY) <= then);
};
