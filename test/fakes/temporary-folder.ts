import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { atEnd } from './at-end.ts';

const make = () => mkdtemp(join(tmpdir(), 'ove-ignition-test-'));

/** An empty folder that is removed when the running test ends. */
export const temporaryFolder = async (): Promise<string> => {
  const dir = await make();
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
};

/** An empty folder that is removed when the file's tests have ended; for `beforeAll`. */
export const sharedFolder = async (): Promise<string> => {
  const dir = await make();
  atEnd(() => rm(dir, { recursive: true, force: true }));
  return dir;
};
