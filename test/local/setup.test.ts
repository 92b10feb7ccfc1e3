import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const setup = join(import.meta.dirname, '../../local/setup.mjs');

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'setup-'));
  const packages = { '': {}, 'node_modules/a': {}, 'node_modules/b': {}, 'node_modules/other-os': { optional: true } };
  await writeFile(join(dir, 'package-lock.json'), JSON.stringify({ packages }));
});
afterEach(() => rm(dir, { recursive: true }));

/** Runs the setup with an npm that installs the package `a`, and then does what the script says. */
const run = async (script: string) => {
  await mkdir(join(dir, 'bin'), { recursive: true });
  const text = `#!/bin/sh\nmkdir -p node_modules/a; echo {} > node_modules/a/package.json; echo "$@" >> npm.log\n${script}\n`;
  await writeFile(join(dir, 'bin/npm'), text, { mode: 0o755 });
  const env = { PATH: `${join(dir, 'bin')}:${process.env.PATH}` };
  return spawnSync(process.execPath, [setup], { cwd: dir, env, encoding: 'utf8' });
};

describe('the set-up before a command', () => {
  it('installs what the lock file names where nothing is installed yet, and says how much is there', async () => {
    const { status, stderr } = await run('');
    expect(status).toBe(0);
    expect(stderr).toMatch(/^installing packages: \d of 2\n/);
  });

  it('does nothing where the installation is younger than the lock file', async () => {
    await mkdir(join(dir, 'node_modules'));
    await writeFile(join(dir, 'node_modules/.package-lock.json'), '{}');
    await utimes(join(dir, 'package-lock.json'), 1, 1);
    expect(await run('exit 7')).toMatchObject({ status: 0, stderr: '', stdout: '' });
  });

  it('ends as npm does, so that no command starts on half an installation', async () => {
    expect(await run('echo no space left >&2; exit 3')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('no space left'),
    });
  });

  it('says so where there is no npm', () => {
    const { status, stderr } = spawnSync(process.execPath, [setup], { cwd: dir, env: { PATH: dir }, encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('npm, which installs the packages, does not run');
  });
});
