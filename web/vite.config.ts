import { join } from 'node:path';
import type { InlineConfig } from 'vite';

const folder = import.meta.dirname;
const platform = (name: string) => join(folder, 'platform', name);

/** The page's build. The domain's rules run in it: what they use of Node comes from `platform`. */
export const pageConfig = (outDir: string): InlineConfig => ({
  root: folder,
  configFile: false,
  envDir: false,
  logLevel: 'warn',
  mode: 'production',
  // Whoever has it built: tests have another NODE_ENV, and React another build for that.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  // Relative: the page may be behind a proxy that knows it by a path.
  base: './',
  resolve: {
    alias: {
      'node:buffer': platform('buffer.ts'),
      'node:crypto': platform('crypto.ts'),
      'node:zlib': platform('zlib.ts'),
    },
  },
  build: {
    outDir,
    emptyOutDir: true,
    assetsDir: 'page',
    assetsInlineLimit: 0,
    target: 'es2023',
    reportCompressedSize: false,
    // What it weighs on its way is held by a test.
    chunkSizeWarningLimit: 2_000,
    modulePreload: { polyfill: false },
    rolldownOptions: { transform: { inject: { Buffer: ['buffer', 'Buffer'] } } },
  },
});
