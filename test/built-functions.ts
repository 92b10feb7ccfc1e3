import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { functionBundle } from '#local/function-bundle.ts';

/** Once for all local stacks, which would each make them. */
export const setup = async (): Promise<void> => {
  const names = await readdir(join(import.meta.dirname, '../functions'));
  await Promise.all(names.map(functionBundle));
};
