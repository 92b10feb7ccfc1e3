import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const notInstalled = 'install nmstate package, exec: "nmstatectl": executable file not found in $PATH';

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const findNmstatectl = (): string | undefined =>
  (process.env.PATH ?? '')
    .split(':')
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'nmstatectl'))
    .find(isExecutable);

/** Runs `nmstatectl gc` of `PATH` on a network YAML. Throws an Error with the reason if it is missing or refuses. */
export const checkNetworkYaml = (yaml: string): void => {
  const nmstatectl = findNmstatectl();
  if (nmstatectl === undefined) throw new Error(notInstalled);
  const folder = mkdtempSync(join(tmpdir(), 'host-config'));
  try {
    const file = join(folder, 'host.yaml');
    writeFileSync(file, yaml);
    const { status, stderr, error } = spawnSync(nmstatectl, ['gc', file], { encoding: 'utf8' });
    if (error) throw new Error(`nmstatectl gc could not run: ${error.message}`);
    if (status !== 0) {
      throw new Error(`nmstatectl gc refused: ${stderr.trim().split('\n').at(-1)}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
};
