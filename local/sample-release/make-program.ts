import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'esbuild';

/**
 * A file without an ending is CommonJS or a module, depending on where it lies; this prelude makes `require` work in both.
 */
const prelude = 'var require=process.getBuiltinModule;';

/** A program of this project as the text of one executable file that needs nothing beside it. */
export const bundleProgram = async (entryPoint: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    write: false,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'iife',
    legalComments: 'none',
  });
  return outputFiles[0]?.text ?? '';
};

/** @param settings statements that come first */
export const programText = (program: string, settings = ''): string =>
  `#!${process.execPath}\n${prelude}${settings}\n${program}`;

/** Writes an executable file, in a folder that is made if need be. */
export const writeProgram = async (file: string, text: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { mode: 0o755 });
};
