import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unpackInstaller } from '#adapters/release-mirror/unpack.ts';
import { installerArchive, sha256, tarOf } from '#test/fakes/installer-archive.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const installer = randomBytes(3_000_000);
const { signal } = new AbortController();

const unpack = async (content: Buffer, gzipped = true) => {
  const dir = await temporaryFolder();
  const archive = join(dir, 'archive');
  const path = join(dir, 'openshift-install');
  await writeFile(archive, content);
  await unpackInstaller({ archive, gzipped, path, signal });
  return { dir, path };
};

describe('an archive of the installer', () => {
  it('gives the executable binary and nothing else', async () => {
    const { dir, path } = await unpack(await installerArchive(installer));
    expect(sha256(await readFile(path))).toBe(sha256(installer));
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect((await readdir(dir)).toSorted()).toEqual(['archive', 'openshift-install']);
  });

  it.each([
    ['that is not gzipped', () => tarOf({ 'openshift-install': installer }), false],
    ['with a folder in front', async () => gzipSync(await tarOf({ './openshift-install': installer })), true],
    [
      'with a name that leads out of the folder',
      async () => gzipSync(await tarOf({ '../../../openshift-install': installer })),
      true,
    ],
    [
      'with two of them',
      async () => gzipSync(await tarOf({ 'openshift-install': installer, 'b/openshift-install': 'x' })),
      true,
    ],
  ])('%s gives the first binary at its place', async (_, make, gzipped) => {
    const { path } = await unpack(await make(), gzipped);
    expect(sha256(await readFile(path))).toBe(sha256(installer));
  });

  it('made by tar itself is read', async () => {
    const dir = await temporaryFolder();
    await writeFile(join(dir, 'openshift-install'), installer);
    const { path } = await unpack(execFileSync('tar', ['-C', dir, '-cz', 'openshift-install'], { maxBuffer: 1e8 }));
    expect(sha256(await readFile(path))).toBe(sha256(installer));
  });

  it('without the binary is refused', async () => {
    await expect(unpack(gzipSync(await tarOf({ 'README.md': 'x', oc: 'y' })))).rejects.toThrow(
      'there is no openshift-install in the archive',
    );
  });

  it('that breaks off is refused', async () => {
    const archive = await installerArchive(installer);
    await expect(unpack(archive.subarray(0, archive.length / 2))).rejects.toThrow();
    await expect(unpack(randomBytes(1000))).rejects.toThrow();
  });
});
