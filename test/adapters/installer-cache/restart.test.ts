import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { describe, expect, it } from 'vitest';
import { given, kilobyte, shas, use } from './given.ts';

const killedDownload = join(import.meta.dirname, 'killed-download.ts');

describe('at the start of a process', () => {
  it('what a killed download left is removed, a finished installer stays', async () => {
    const { bucket, start, cached, cacheDir } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    await use(start(), release);
    await writeFile(join(cacheDir, `${process.pid}.1-abc.part`), 'half');
    await use(start(), release);
    expect(await cached()).toEqual(shas(release));
    expect(bucket.opened).toHaveLength(1);
  });

  it('a process killed in the middle of a download has left a part of the file, which is never used', async () => {
    const { bucket, start, cached, cacheDir } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    const running = execaNode(killedDownload, [cacheDir, JSON.stringify(release)], { buffer: false, reject: false });
    await once(running.stdout, 'data');
    const parts = async () => Promise.all((await cached()).map((name) => readFile(join(cacheDir, name))));
    await expect.poll(parts).toEqual([kilobyte('a').subarray(0, 500)]);
    const [part = ''] = await cached();
    running.kill('SIGKILL');
    await running;
    expect(await cached()).toEqual([part]);
    expect(await use(start(), release)).toEqual(kilobyte('a'));
    expect(bucket.opened).toHaveLength(1);
    expect(await cached()).toEqual(shas(release));
  });

  it('a cache folder that cannot be used is an error', async () => {
    const { bucket, start, cacheDir, logger } = await given();
    const release = bucket.add({ version: '4.20.0', content: kilobyte('a') });
    await writeFile(cacheDir, '');
    await chmod(cacheDir, 0o400);
    await expect(use(start(), release)).rejects.toThrow('ENOTDIR');
    expect(logger.lines).toMatchObject([{ level: 'warn' }]);
  });
});
