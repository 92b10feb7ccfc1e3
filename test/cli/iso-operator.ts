import { copyFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect } from 'vitest';
import type { IsoLayout } from '#domain/iso/iso-layout.ts';
import { readIsoLayout } from '#domain/iso/read-layout.ts';
import { coreOsIso } from '#local/sample-release/core-os-iso.ts';
import { imageOf } from '#test/domain/iso/images.ts';
import { aRelease } from '#test/fakes/records.ts';
import { signingKey } from '#test/fakes/release-key.ts';
import { sharedFolder, temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { localStack } from './local-stack.ts';
import { operator } from './operator.ts';

export const version = '4.20.3';
export const mebibyte = 1024 * 1024;

/** The ISO that is added. */
export interface GivenIso {
  readonly folder: string;
  readonly path: string;
  readonly content: Buffer;
  readonly layout: IsoLayout;
}

/** A new ISO in a folder that lasts as long as the file's tests; needs xorriso. */
export const givenIso = async (): Promise<GivenIso> => {
  const folder = await sharedFolder();
  const path = await coreOsIso({ folder });
  const content = await readFile(path);
  return { folder, path, content, layout: await readIsoLayout(imageOf(content)) };
};

/** The ISO with zeros behind it: 70 MiB, which are 2 parts. */
export const longIso = async ({ path: iso }: GivenIso): Promise<string> => {
  const path = join(await temporaryFolder(), 'long.iso');
  await copyFile(iso, path);
  await truncate(path, 70 * mebibyte);
  return path;
};

/** A file of these bytes, which is removed when the running test ends. */
export const put = async (bytes: Buffer): Promise<string> => {
  const path = join(await temporaryFolder(), 'agent-ove.x86_64.iso');
  await writeFile(path, bytes);
  return path;
};

/** An operator of a local stack that has one release, which is without ISO when a test begins. */
export const isoOperator = async () => {
  const stack = await localStack();
  const { releaseKey } = await signingKey();
  const { run } = operator({ data: stack.data, releaseKey });

  const baseIso = async () => (await stack.releases.get(version, {}))?.baseIso;
  const isoKeys = async () => (await stack.keys()).filter((key) => key.startsWith(`isos/${version}/`));

  beforeEach(async () => {
    await stack.abortUploads();
    for (const release of await stack.releases.all()) await run(['remove', release.version, '--force']);
    await stack.releases.add(aRelease(version));
  });

  const addFile = (path: string) => run(['add-iso', version, '--file', path]);

  const expectAdded = async ({ content, layout }: Pick<GivenIso, 'content' | 'layout'>): Promise<void> => {
    const added = (await baseIso()) ?? expect.fail('no base ISO');
    expect(added).toMatchObject({ size: content.length, layout, addedAt: '2026-03-01T12:00:00.000Z' });
    expect(await isoKeys()).toEqual([added.key]);
    expect((await stack.read(added.key)).equals(content)).toBe(true);
    expect(await stack.unfinishedUploads()).toBe(0);
  };

  return { stack, releaseKey, run, baseIso, isoKeys, addFile, expectAdded };
};
