import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

export const root = fileURLToPath(new URL('../', import.meta.url));

/** Folder of a function's source. */
export const functionFolder = (name: string): string => join(root, 'functions', name);

/** What esbuild is to make of a function: one ES module of its handler and all that it imports; nothing is taken from Lambda's runtime. */
export const handlerBundle = (name: string, folder: string) =>
  ({
    absWorkingDir: root,
    entryPoints: [join(functionFolder(name), 'handler.ts')],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // ES modules of packages come first, since unused parts of those are left out.
    mainFields: ['module', 'main'],
    // CommonJS packages inside an ES module still call `require` for Node's own modules.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    minify: true,
    // Errors are recognised by the names of their classes.
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  }) as const satisfies BuildOptions;
