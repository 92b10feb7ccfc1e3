import { describe, expect, it } from 'vitest';
import { releaseStore } from '#adapters/release-store.ts';
import { aRelease } from '#test/fakes/records.ts';
import { storedTable } from './stored-table.ts';

const { time: _, ...table } = await storedTable();
const releases = releaseStore(table);

describe('the catalogue of releases', () => {
  it('is empty at first, then holds what was added, and the last word on each version', async () => {
    expect(await releases.all()).toEqual([]);
    expect(await releases.get('4.20.1')).toBeUndefined();
    await releases.add(aRelease('4.20.1'));
    await releases.add(aRelease('4.20.2'));
    const again = { ...aRelease('4.20.1'), supportLevel: 'maintenance' } as const;
    await releases.add(again);
    expect(await releases.all()).toEqual([again, aRelease('4.20.2')]);
    expect(await releases.get('4.20.1')).toEqual(again);
  });
});
