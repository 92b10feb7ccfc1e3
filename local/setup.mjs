// Installs the locked dependencies, the pinned Node 24 among them, when they are missing or older than the lock file.
// Plain JavaScript on purpose: it runs on whichever Node (>= 20) the machine has, before the pinned one is there.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (modified('node_modules/.package-lock.json') < modified('package-lock.json')) {
  console.error('installing dependencies (npm ci) ...');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', 2, 2] });
  process.exit(npm.status ?? 1);
}
