/** `npm run pack`: the service, `ove` and Node in one archive, for a machine with nothing but Linux. */
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundleFunctions } from '#local/function-bundle.ts';
import { buildPage } from '#web/page-build.ts';
import { writeArchive } from './archive.ts';
import { type LockFile, packedPaths } from './contents.ts';
import { launchers } from './launchers.ts';
import { licenceTable } from './licences.ts';

const root = join(import.meta.dirname, '../..');

const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));

await Promise.all([buildPage(), bundleFunctions()]);
const lock: LockFile = read('package-lock.json');
const name = `ove-ignition-${read('package.json').version}-${process.platform}-${process.arch}`;
const path = resolve(process.env.INIT_CWD ?? '.', `${name}.tar.gz`);

console.error(`packing ${name} ...`);
await writeArchive(path, [
  ...Object.entries(launchers).map(([file, text]) => ({ name: `${name}/${file}`, text, mode: 0o755 })),
  { name: `${name}/LICENCES`, text: `${licenceTable(lock).join('\n')}\n` },
  { name: `${name}/bin/node`, from: join(root, 'node_modules/node/bin/node') },
  ...packedPaths(root, lock).map((file) => ({ name: `${name}/${file}`, from: join(root, file) })),
]);
console.log(`${path}: ${Math.round(statSync(path).size / 1e6)} MB`);
