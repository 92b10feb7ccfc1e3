import { describe, expect, it } from 'vitest';
import { releaseStore } from '#adapters/releases.ts';
import type { Release } from '#domain/release/release.ts';
import { storedTable } from './stored-table.ts';

const { time: _, ...table } = await storedTable();
const releases = releaseStore(table);

const release = (version: string): Release => ({
  version,
  cpuArchitectures: ['x86_64'],
  releaseImage: `quay.io/openshift-release-dev/ocp-release:${version}-x86_64`,
  supportLevel: 'production',
  provenance: 'signed',
  installer: { key: `installers/${version}/openshift-install`, sha256: '00', size: 1, encoding: 'identity' },
  addedAt: '2026-03-01T12:00:00.000Z',
});

describe('the catalogue of releases', () => {
  it('is empty at first, then holds what was added, and the last word on each version', async () => {
    expect(await releases.all()).toEqual([]);
    expect(await releases.get('4.20.1')).toBeUndefined();
    await releases.add(release('4.20.1'));
    await releases.add(release('4.20.2'));
    const again = { ...release('4.20.1'), supportLevel: 'maintenance' } as const;
    await releases.add(again);
    expect(await releases.all()).toEqual([again, release('4.20.2')]);
    expect(await releases.get('4.20.1')).toEqual(again);
  });
});
