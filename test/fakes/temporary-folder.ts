import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { atEnd } from './at-end.ts';

const make = () => mkdtemp(join(tmpdir(), 'ove-ignition-test-'));

// What a test has left running may still write into it.
const remove = (dir: string) => rm(dir, { recursive: true, force: true, maxRetries: 10 });

/** An empty folder that is removed when the running test ends. */
export const temporaryFolder = async (): Promise<string> => {
  const dir = await make();
  onTestFinished(() => remove(dir));
  return dir;
};

/** An empty folder that is removed when the file's tests have ended; for `beforeAll`. */
export const sharedFolder = async (): Promise<string> => {
  const dir = await make();
  atEnd(() => remove(dir));
  return dir;
};
