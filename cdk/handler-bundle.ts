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
 * What esbuild is to make of a function: index.mjs, an ES module of its handler, and one of each process that it starts, with
 * all that they import; nothing is taken from Lambda's runtime. What is imported while it runs (`await import`) lies in modules
 * of its own, which a cold start does not wait for.
 */
export const handlerBundle = (name: string, folder: string) =>
  ({
    absWorkingDir: root,
    entryPoints: { index: join(functionFolder(name), 'handler.ts'), ...processes[name] },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // ES modules of packages come first, since unused parts of those are left out.
    mainFields: ['module', 'main'],
    // CommonJS packages inside an ES module still call `require` for Node's own modules.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  }) as const satisfies BuildOptions;
