import { mkdir, readdir, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { processMark } from '#adapters/leftovers.ts';
import { workspaces } from '#adapters/workspaces.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const given = async () => {
  const root = join(await temporaryFolder(), 'workspaces');
  const logger = memoryLogger();
  return { root, logger, open: () => workspaces({ root, logger }).open() };
};

const permissions = async (path: string) => (await stat(path)).mode & 0o777;
const secretFile = { path: 'cluster-manifests/pull-secret.yaml', content: 'ä: 1\n', mode: 0o600 };

describe('a workspace', () => {
  it('and all that is written into it is for its owner alone', async () => {
    const { open } = await given();
    const { dir, write } = await open();
    await write([secretFile]);
    expect(await permissions(dir)).toBe(0o700);
    expect(await permissions(join(dir, 'cluster-manifests'))).toBe(0o700);
    expect(await permissions(join(dir, secretFile.path))).toBe(0o600);
  });

  it('gives back what is in it', async () => {
    const { open } = await given();
    const { write, read } = await open();
    await write([secretFile]);
    expect(await read(secretFile.path)).toBe(secretFile.content);
    expect(await read('absent')).toBeUndefined();
  });

  it('does not read a file that is larger than any ignition', async () => {
    const { open } = await given();
    const { dir, read } = await open();
    await execa('truncate', ['-s', '65M', join(dir, 'huge')]);
    await expect(read('huge')).rejects.toThrow('no ignition is that large');
  });

  it.each([
    ['a named pipe', (dir: string) => execa('mkfifo', [join(dir, 'made')])],
    ['a folder', (dir: string) => mkdir(join(dir, 'made'))],
    ['a link', (dir: string) => symlink('/etc/hostname', join(dir, 'made'))],
    ['a device', (dir: string) => symlink('/dev/zero', join(dir, 'made'))],
  ])('does not read %s, nor waits for it', async (_, make) => {
    const { open } = await given();
    const { dir, read } = await open();
    await make(dir);
    await expect(read('made')).rejects.toThrow('not a regular one');
  });

  it('reads nothing behind a folder that is a link', async () => {
    const { open } = await given();
    const { dir, read } = await open();
    await symlink('/etc', join(dir, 'auth'));
    await expect(read('auth/hostname')).rejects.toThrow('not a regular one');
  });

  it('is different for everyone, and gone with all its content when disposed of', async () => {
    const { root, open, logger } = await given();
    const [first, second] = await Promise.all([open(), open()]);
    expect(first.dir).not.toBe(second.dir);
    await first.write([secretFile]);
    await first.dispose();
    await first.dispose();
    await second.dispose();
    expect(await readdir(root)).toEqual([]);
    expect(logger.lines).toEqual([]);
  });

  it('that cannot be removed is a warning in the log, not a failure', async () => {
    const { root, open, logger } = await given();
    const { dir, dispose } = await open();
    await rename(root, `${root}.moved`);
    await writeFile(root, 'a file where the folder was');
    await dispose();
    expect(logger.lines).toMatchObject([
      { level: 'warn', message: 'cannot remove a workspace', fields: { dir, code: 'ENOTDIR' } },
    ]);
  });
});

describe('at the start of a process', () => {
  const endedProcess = async (): Promise<number> => {
    const child = execa('true');
    await child;
    return child.pid ?? 0;
  };

  it('workspaces of processes that have ended are removed', async () => {
    const { root, open } = await given();
    await mkdir(join(root, `${await endedProcess()}.123-abc`, 'cluster-manifests'), { recursive: true });
    const { dir } = await open();
    expect(await readdir(root)).toEqual([dir.slice(root.length + 1)]);
  });

  it('one of an earlier process with the same id is removed too', async () => {
    const { root, open } = await given();
    await mkdir(join(root, `${process.pid}.1-abc`), { recursive: true });
    const { dir } = await open();
    expect(await readdir(root)).toEqual([dir.slice(root.length + 1)]);
  });

  it('those of living processes stay, and so does what is not a workspace', async () => {
    const { root, open } = await given();
    const sleeper = execa('sleep', ['60'], { reject: false });
    const startTicks = (await readStat(sleeper.pid ?? 0)).split(' ')[19];
    const kept = [`${sleeper.pid}.${startTicks}-abc`, `${processMark}abc`];
    for (const name of kept) await mkdir(join(root, name), { recursive: true });
    await writeFile(join(root, 'notes.txt'), '');
    const { dir } = await open();
    expect((await readdir(root)).sort()).toEqual([...kept, dir.slice(root.length + 1), 'notes.txt'].sort());
    sleeper.kill();
    await sleeper;
  });

  const readStat = async (pid: number): Promise<string> => {
    const { stdout } = await execa('cat', [`/proc/${pid}/stat`]);
    return stdout.slice(stdout.lastIndexOf(')') + 2);
  };

  it('a folder that cannot be used is a warning', async () => {
    const dir = await temporaryFolder();
    await writeFile(join(dir, 'file'), '');
    const logger = memoryLogger();
    await expect(workspaces({ root: join(dir, 'file'), logger }).open()).rejects.toThrow();
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { code: 'EEXIST' } }]);
  });
});
