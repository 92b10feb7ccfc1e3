import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeArchive } from '#local/pack/archive.ts';
import { launchers } from '#local/pack/launchers.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pack-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** An archive with a Node that only says what it was to run. */
const archive = async (name: string): Promise<string> => {
  const node = join(dir, 'node');
  await writeFile(node, '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
  const path = join(dir, name);
  await writeArchive(path, [
    ...Object.entries(launchers).map(([file, text]) => ({ name: `ove/${file}`, text, mode: 0o755 })),
    { name: 'ove/bin/node', from: node },
    { name: 'ove/cli/words.ts', from: join(import.meta.dirname, 'archive.test.ts') },
  ]);
  return path;
};

const unpack = async (): Promise<string> => {
  const folder = join(dir, 'some where');
  await mkdir(folder);
  execFileSync('tar', ['-xzf', await archive('a.tar.gz'), '-C', folder]);
  return join(folder, 'ove');
};

it.each([
  ['start', 'local/main.ts'],
  ['ove', 'cli/ove.ts'],
])(
  'unpacked, `%s` runs %s on the Node beside it with the same arguments, from wherever it is linked',
  async (name, module) => {
    const folder = await unpack();
    const link = join(dir, 'link');
    await symlink(join(folder, name), link);
    const output = execFileSync(link, ['a b', '--help'], { cwd: '/', encoding: 'utf8' });
    expect(output).toBe(`${join(folder, module)} a b --help\n`);
  },
);

it('keeps the content of files, and equal files give equal bytes', async () => {
  const [one, other] = [await readFile(await archive('1.tar.gz')), await readFile(await archive('2.tar.gz'))];
  expect(one.equals(other)).toBe(true);
  expect(await readFile(join(await unpack(), 'cli/words.ts'))).toEqual(await readFile(import.meta.filename));
});
