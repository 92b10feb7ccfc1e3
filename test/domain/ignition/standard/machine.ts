import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { HostFile } from '#domain/host/host-file.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

/** A host's file system in a folder, in which scripts of an ignition can run; `programs` come first on their PATH. */
export const machine = async (files: readonly HostFile[], programs: Readonly<Record<string, string>> = {}) => {
  const root = await temporaryFolder();

  const write = async (path: string, text: string, mode = 0o644): Promise<void> => {
    const full = join(root, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text);
    await chmod(full, mode);
  };

  for (const { path, mode, text } of files) await write(path, text, mode);
  for (const [name, text] of Object.entries(programs))
    await write(`/test-programs/${name}`, `#!/bin/sh\n${text}\n`, 0o755);

  return {
    root,
    write,
    /** A network card, or with `isVirtual` a bond or the like. */
    addCard: async (name: string, mac: string, isVirtual = false) => {
      await write(`/sys/class/net/${name}/address`, `${mac}\n`);
      if (!isVirtual) await mkdir(join(root, `/sys/class/net/${name}/device`));
    },
    run: (path: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
      execa(join(root, path), args, {
        env: { PATH: `${join(root, 'test-programs')}:${process.env.PATH}`, SYSTEM_ROOT: root, ...env },
        extendEnv: false,
        reject: false,
        all: true,
      }),
    read: (path: string) => readFile(join(root, path), 'utf8'),
    /** Text of every file of a folder, by name; empty where there is no such folder. */
    folder: async (path: string): Promise<Record<string, string>> => {
      const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => []);
      const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
      const texts = names.map(async (name) => [name, await readFile(join(root, path, name), 'utf8')] as const);
      return Object.fromEntries(await Promise.all(texts));
    },
  };
};
