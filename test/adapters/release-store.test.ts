import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseRemover, releaseStore } from '#adapters/release-store.ts';
import type { InstallerProfile } from '#domain/release/installer-profile.ts';
import { aRelease } from '#test/fakes/records.ts';
import { storedTable } from './stored-table.ts';

const { time: _, ...table } = await storedTable();
const releases = releaseStore(table);

describe('the catalogue of releases', () => {
  it('is empty at first, then holds what was added, and the last word on each version', async () => {
    expect(await releases.all()).toEqual([]);
    expect(await releases.get('4.20.1', {})).toBeUndefined();
    await releases.add(aRelease('4.20.1'));
    await releases.add(aRelease('4.20.2'));
    const again = { ...aRelease('4.20.1'), supportLevel: 'maintenance' } as const;
    await releases.add(again);
    expect(await releases.all()).toEqual([again, aRelease('4.20.2')]);
    expect(await releases.get('4.20.1', {})).toEqual(again);
  });

  const arm = aRelease('4.20.5', { cpuArchitectures: ['arm64'] });
  const x86 = aRelease('4.20.5');

  it('holds one version for two architectures', async () => {
    await releases.add(arm);
    await releases.add(x86);
    await releases.add(aRelease('4.20.50'));
    expect(await releases.get('4.20.5', { cpuArchitecture: 'arm64' })).toEqual(arm);
    expect(await releases.get('4.20.5', { releaseArchitecture: 'x86_64' })).toEqual(x86);
    expect(await releases.get('4.20.5', { releaseArchitecture: 'multi' })).toBeUndefined();
    expect(await releases.get('4.20.5', {})).toEqual(x86);
    expect(await releaseRemover(table).remove(x86)).toBe(true);
    expect(await releaseRemover(table).remove(x86)).toBe(false);
    expect(await releases.get('4.20.5', {})).toEqual(arm);
  });

  describe('of a former version of the service, which knew one release of each version,', () => {
    const former = aRelease('4.20.7', { cpuArchitectures: ['arm64'] });
    const profile = { flags: [] } as unknown as InstallerProfile;

    beforeEach(async () => {
      const Item = { pk: 'release', sk: former.version, ...former };
      await table.client.send(new PutCommand({ TableName: table.tableName, Item }));
    });

    afterEach(async () => {
      for (const release of await releases.all()) await releaseRemover(table).remove(release);
    });

    const stored = async () => (await releases.all()).filter(({ version }) => version === former.version);

    it('is read, and gets a release for another architecture beside it', async () => {
      expect(await releases.get(former.version, { releaseArchitecture: 'arm64' })).toEqual(former);
      await releases.add(aRelease(former.version));
      expect(await stored()).toEqual([former, aRelease(former.version)]);
    });

    it('is replaced by the same release', async () => {
      await releases.add({ ...former, supportLevel: 'maintenance' });
      expect(await stored()).toEqual([{ ...former, supportLevel: 'maintenance' }]);
    });

    it('keeps what was found out about its binary', async () => {
      await releases.keepProfile(former, profile);
      expect((await stored())[0]?.installer.profile).toEqual(profile);
    });

    it('is removed', async () => {
      expect(await releaseRemover(table).remove(former)).toBe(true);
      expect(await stored()).toEqual([]);
    });
  });
});
