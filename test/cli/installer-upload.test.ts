import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTarget } from '#cli/find-target.ts';
import { examineInstaller } from '#cli/installer-examination.ts';
import { storeInstaller } from '#cli/installer-upload.ts';
import type { InstallerArtifact } from '#domain/release/release.ts';
import { sha256 } from '#test/fakes/installer-archive.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { localStack } from './local-stack.ts';

const stack = await localStack();
const target = await findTarget({ data: stack.data });
const content = randomBytes(40_000_000);
const path = join(await sharedFolder(), 'installer');
await writeFile(path, content);
const artifact: InstallerArtifact = {
  key: 'installers/4.20.0/large.zst',
  sha256: sha256(content),
  size: content.length,
  encoding: 'zstd',
};
const { signal } = new AbortController();

describe('an upload of several parts', () => {
  it('that is stopped leaves neither an object nor parts of one', async () => {
    const stopped = new AbortController();
    const onProgress = (done: number) => {
      if (done > 36_000_000) stopped.abort(new Error('stopped'));
    };
    await expect(storeInstaller(target, { path, artifact, signal: stopped.signal, onProgress })).rejects.toThrow();
    expect(await stack.keys()).toEqual([]);
    await expect.poll(stack.unfinishedUploads).toBe(0);
  });

  it('whose source cannot be read leaves nothing either', async () => {
    const storing = { path: `${path}.gone`, artifact, signal, onProgress: () => undefined };
    await expect(storeInstaller(target, storing)).rejects.toThrow('ENOENT');
    expect(await stack.keys()).toEqual([]);
    await expect.poll(stack.unfinishedUploads).toBe(0);
  });

  it('into a bucket that is not there fails', async () => {
    const storing = { path, artifact, signal, onProgress: () => undefined };
    await expect(storeInstaller({ ...target, bucket: 'absent' }, storing)).rejects.toThrow(/bucket/i);
  });

  it('gives an intact object', async () => {
    const done: number[] = [];
    await storeInstaller(target, { path, artifact, signal, onProgress: (bytes) => done.push(bytes) });
    expect(done.at(-1)).toBe(content.length);
    expect(await examineInstaller(target, artifact, signal)).toBe('intact');
    expect(await examineInstaller(target, { ...artifact, sha256: '0'.repeat(64) }, signal)).toBe('damaged');
    expect(await examineInstaller(target, { ...artifact, size: content.length - 1 }, signal)).toBe('damaged');
    expect(await examineInstaller(target, { ...artifact, key: 'installers/4.20.0/other' }, signal)).toBe('missing');
  });
});
