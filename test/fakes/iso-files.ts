import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { xorriso } from '#local/sample-release/core-os-iso.ts';

/** The files of an image, as xorriso reads them: path and SHA-256. */
export const digestsOfFiles = async (iso: string, folder: string): Promise<Readonly<Record<string, string>>> => {
  const dir = await mkdtemp(join(folder, 'read-'));
  await xorriso('-osirrox', 'on', '-indev', iso, '-extract', '/', dir);
  const { stdout } = await execa('find . -type f -exec sha256sum {} +', { cwd: dir, shell: true });
  return Object.fromEntries(stdout.split('\n').map((line) => [line.slice(68), line.slice(0, 64)]));
};

/** One file of an image, as xorriso reads it. */
export const extractFile = async (iso: string, path: string, folder: string): Promise<string> => {
  const target = join(await mkdtemp(join(folder, 'file-')), 'file');
  await xorriso('-osirrox', 'on', '-indev', iso, '-extract', path, target);
  return target;
};
