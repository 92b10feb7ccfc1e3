import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, type AssetOptions, DockerImage } from 'aws-cdk-lib/core';
import { buildSync } from 'esbuild';
import { viewerPackageFiles } from '#contract/routes/documentation-routes.ts';
import { handlerBundle, root } from './handler-bundle.ts';

/** Files of packages that a function reads while it runs (layers/adapters/package-files.ts). */
const packageFiles: Readonly<Record<string, readonly string[]>> = { api: viewerPackageFiles };

/** Lays the page beside the bundle, built, and the package.json by which Node finds it under the name that it has here. */
const addPage = (folder: string): void => {
  execFileSync(process.execPath, [join(root, 'web', 'build.ts')], { stdio: ['ignore', 2, 2] });
  cpSync(join(root, 'web', 'dist'), join(folder, 'web', 'dist'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ imports: { '#web/*': './web/*' } }));
};

/** Lays them where Node looks for them from the bundle: in a `node_modules` beside it. */
const copyPackageFiles = (name: string, folder: string): void => {
  for (const file of packageFiles[name] ?? []) {
    cpSync(join(root, 'node_modules', file), join(folder, 'node_modules', file));
  }
};

/** Lambda runs a function as a user of its own, whom the umask of the machine that deploys may have shut out. */
const openToAll = (folder: string): void => {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
};

/**
 * Asset options that turn a function's folder into its bundle, in this process and with the esbuild of the lock file:
 * a zip function and the ignition image are built alike, synth needs neither Docker nor `npx`, and with the CDK's
 * bundling off the handler is not even read.
 */
export const bundled = (name: string, finish: (folder: string) => void = () => undefined) =>
  ({
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('unused'),
      local: {
        tryBundle: (folder) => {
          buildSync(handlerBundle(name, folder));
          copyPackageFiles(name, folder);
          if (name === 'api') addPage(folder);
          finish(folder);
          openToAll(folder);
          return true;
        },
      },
    },
  }) satisfies AssetOptions;
