import { dirname, join } from 'node:path';
import { bundleProgram, programText, writeProgram } from '#local/sample-release/make-program.ts';

let program: Promise<string> | undefined;

/**
 * Writes an executable `nmstatectl` into the folder and gives its path. It knows `gc`, and refuses as nmstate 2.2.57 does:
 * addresses that are none, unknown members, bonds without a mode, 802.1X settings of a wrong type.
 */
export const makeNmstatectl = async (dir: string): Promise<string> => {
  program ??= bundleProgram(join(import.meta.dirname, '../nmstatectl/program.ts'));
  const file = join(dir, 'nmstatectl');
  await writeProgram(file, programText(await program));
  return file;
};

/** The PATH of this process with a folder behind it in which there is an `nmstatectl`: an installed one comes first. */
export const pathWithNmstatectl = async (dir: string): Promise<string> =>
  [process.env.PATH ?? '', dirname(await makeNmstatectl(dir))].join(':');
