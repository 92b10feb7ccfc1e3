import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { s3 } from '#adapters/s3-client.ts';
import { digestsOfFiles } from '#test/fakes/iso-files.ts';
import { importLargeIso, largeIsoAddress } from '#test/fakes/large-base-iso.ts';
import { watchMemory } from '#test/fakes/memory.ts';
import { watchS3Parts } from '#test/fakes/s3-parts.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { hasTools } from '#test/tools.ts';
import { createBoth, download } from './client.ts';
import { composed, ignitionIn, isoKeysOf, operatorOf, textIn } from './isos.ts';
import { runningStack } from './stack.ts';

const isRun = hasTools('xorriso', 'cpio');
const mebibyte = 1024 * 1024;
const size = 21_972_657 * 2048;
/** Every file lies behind this byte, which is beyond 2^35. */
const shift = 41 * 1024 * mebibyte;

const folder = await sharedFolder();
let base: string;

const { api, dataDir, artifactsBucket } = await runningStack({
  installers: { '4.20.3': {} },
  prepare: async (dataDir) => {
    if (isRun) base = await importLargeIso({ dataDir, folder, size, shift });
  },
});
const operate = await operatorOf(dataDir);

describe.runIf(isRun)('a base ISO of 45 GB', () => {
  const read = async (key: string, start: number, end: number): Promise<Uint8Array> => {
    const range = `bytes=${start}-${end - 1}`;
    const { Body } = await s3().send(new GetObjectCommand({ Bucket: artifactsBucket, Key: key, Range: range }));
    return (await Body?.transformToByteArray()) ?? expect.fail('no content');
  };

  /** The ISO as a file with the same holes, which takes no more room than the small one that it was made of. */
  const fetchSparse = async (key: string): Promise<string> => {
    const path = join(folder, 'composed.iso');
    await using file = await open(path, 'wx');
    for (const start of [0, shift])
      await file.write(await read(key, start, start + 24 * mebibyte), 0, undefined, start);
    await file.truncate(size);
    return path;
  };

  it('is added and composed with little of it in memory, and next to nothing through this process', async () => {
    const parts = watchS3Parts();
    const memoryToAdd = watchMemory();
    await operate('add-iso', '4.20.3', '--s3', largeIsoAddress);
    expect(memoryToAdd()).toBeLessThan(150);

    const memoryToCompose = watchMemory();
    const kernel_arguments = [{ operation: 'append', value: 'console=ttyS0' }];
    const { infraEnvId } = await createBoth(api, '4.20.3', { kernel_arguments });
    await composed(api, infraEnvId);
    expect(memoryToCompose()).toBeLessThan(150);
    expect(parts.bytesUploaded).toBeGreaterThan(mebibyte);
    expect(parts.bytesUploaded + parts.bytesRead).toBeLessThan(64 * mebibyte);

    const [key = ''] = await isoKeysOf(artifactsBucket, infraEnvId);
    const { ContentLength } = await s3().send(new HeadObjectCommand({ Bucket: artifactsBucket, Key: key }));
    expect(ContentLength).toBe(size);
    for (const start of [mebibyte, size / 2, size - mebibyte]) {
      expect((await read(key, start, start + mebibyte)).every((byte) => byte === 0)).toBe(true);
    }

    const iso = await fetchSparse(key);
    const [before, after] = [await digestsOfFiles(base, folder), await digestsOfFiles(iso, folder)];
    const differing = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(differing.toSorted()).toEqual(['EFI/redhat/grub.cfg', 'images/ignition.img', 'isolinux/isolinux.cfg']);
    expect(await ignitionIn(iso, folder)).toBe((await download(api, infraEnvId)).text);
    expect(await textIn(iso, '/EFI/redhat/grub.cfg', folder)).toContain(' console=ttyS0\n#');
  });
});
