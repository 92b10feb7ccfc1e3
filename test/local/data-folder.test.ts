import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdDataFolder } from '#local/data-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-folder-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('a data folder is made for its owner alone', async () => {
  const held = await holdDataFolder(join(folder, 'deep', 'er'));
  expect((await stat(join(folder, 'deep', 'er'))).mode & 0o777).toBe(0o700);
  expect(held.path('s3')).toBe(join(folder, 'deep', 'er', 's3'));
  await held.release();
});

test('it is taken back, with the folders above it, as far as it was made for this', async () => {
  const held = await holdDataFolder(join(folder, 'deep', 'er'));
  await held.release();
  await held.discard();
  expect(await readdir(folder)).toEqual([]);
  const again = await holdDataFolder(folder);
  await again.release();
  await again.discard();
  expect(await readdir(folder)).toEqual(['lock']);
});

test('it has one holder at a time', async () => {
  const held = await holdDataFolder(folder);
  await expect(holdDataFolder(folder)).rejects.toThrow(
    `the data folder ${folder} is in use by another running instance`,
  );
  await held.release();
  const next = await holdDataFolder(folder);
  expect(next.leftOpen).toBe(false);
  await next.release();
});

test('a holder that is killed does not keep it, and the next one knows', async () => {
  const module = JSON.stringify(new URL('../../local/data-folder.ts', import.meta.url).href);
  const script = `const { holdDataFolder } = await import(${module}); await holdDataFolder(process.argv[1]);
    console.log('held'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  await expect(holdDataFolder(folder)).rejects.toThrow('in use');
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const next = await holdDataFolder(folder);
  expect(next.leftOpen).toBe(true);
  await next.release();
});

test('a mark that is damaged is made again, as after a holder that was killed', async () => {
  await (await holdDataFolder(folder)).release();
  await writeFile(join(folder, 'lock', 'CURRENT'), 'no manifest');
  const held = await holdDataFolder(folder);
  expect(held.leftOpen).toBe(true);
  await held.release();
});

test('a folder that cannot be made is refused with the reason', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(holdDataFolder(join(folder, 'file', 'x'))).rejects.toThrow(/^cannot write the data folder .*ENOTDIR/);
});
