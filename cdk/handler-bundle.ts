import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

export const root = fileURLToPath(new URL('../', import.meta.url));

/** Folder of a function's source. */
export const functionFolder = (name: string): string => join(root, 'functions', name);

/** Modules besides its handler that a function starts as processes of their own. */
const processes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ignition: { 'program-runner': join(root, 'layers/adapters/program-runner.ts') },
};

/**
 * What esbuild is to make of a function: one ES module, index.mjs, of its handler and all that it imports, and one of each
 * process that it starts; nothing is taken from Lambda's runtime.
 */
export const handlerBundle = (name: string, folder: string) =>
  ({
    absWorkingDir: root,
    entryPoints: { index: join(functionFolder(name), 'handler.ts'), ...processes[name] },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
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
