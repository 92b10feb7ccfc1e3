import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import type { AccessControl } from '#emulators/iam/access-control.ts';

/** Variable with the folder in which the stacks of a run say what their roles have needed. */
export const rightsFolder = 'OVE_TEST_RIGHTS';

export type NotedRights = ReturnType<AccessControl['rights']>;

/** To be called when the tests of a file have ended, for the report at the end of the run (test/rights-report.ts). */
export const noteRights = async (rights: NotedRights): Promise<void> => {
  const folder = process.env[rightsFolder];
  const { testPath = '' } = expect.getState();
  if (folder !== undefined) await writeFile(join(folder, basename(testPath)), JSON.stringify(rights));
};
