import { describe, expect, it } from 'vitest';
import { listSources, listVersions } from '#domain/release/listing.ts';
import { release } from './releases.ts';

const known = [
  release('4.20.3'),
  release('4.20.12', 'maintenance'),
  release('4.21.0-rc.1', 'beta'),
  release('4.20.9', 'production', ['x86_64', 'arm64']),
];

describe('the listed versions', () => {
  it('are all releases by display name, the newest first; the newest that is not a beta is the default', () => {
    const listed = listVersions(known, {});
    expect(Object.keys(listed)).toEqual(['4.21.0-rc.1', '4.20.12', '4.20.9-multi', '4.20.3']);
    expect(listed['4.20.12']).toEqual({
      display_name: '4.20.12',
      support_level: 'maintenance',
      cpu_architectures: ['x86_64'],
      default: true,
    });
    expect(Object.values(listed).filter((version) => version.default)).toHaveLength(1);
    expect(listed['4.20.9-multi']?.cpu_architectures).toEqual(['x86_64', 'arm64']);
  });

  it.each([
    [{ version: '4.20' }, ['4.20.12', '4.20.9-multi', '4.20.3']],
    [{ version: 'rc' }, ['4.21.0-rc.1']],
    [{ version: '9.9' }, []],
    [{ onlyLatest: true }, ['4.21.0-rc.1', '4.20.12']],
    [{ onlyLatest: true, version: '4.20' }, ['4.20.12']],
    [{ onlyLatest: false }, ['4.21.0-rc.1', '4.20.12', '4.20.9-multi', '4.20.3']],
  ])('can be narrowed by %j', (filter, names) => {
    expect(Object.keys(listVersions(known, filter))).toEqual(names);
  });

  it('of one version for several architectures are one entry, beside the one for all', () => {
    const both = [release('4.20.3', 'production', ['arm64']), ...known];
    const listed = listVersions([...both, release('4.20.3', 'production', ['x86_64', 's390x'])], {});
    expect(listed['4.20.3']?.cpu_architectures).toEqual(['x86_64', 'arm64']);
    expect(listed['4.20.3-multi']?.cpu_architectures).toEqual(['x86_64', 's390x']);
  });

  it('are none where no release is known', () => {
    expect(listVersions([], {})).toEqual({});
    expect(listSources([])).toEqual([]);
  });
});

describe('the release sources', () => {
  it('are the minor versions with their architectures and channels', () => {
    expect(listSources(known)).toEqual([
      {
        openshift_version: '4.21',
        multi_cpu_architectures: [],
        upgrade_channels: [{ cpu_architecture: 'x86_64', channels: ['candidate'] }],
      },
      {
        openshift_version: '4.20',
        multi_cpu_architectures: ['arm64', 'x86_64'],
        upgrade_channels: [
          { cpu_architecture: 'arm64', channels: ['stable'] },
          { cpu_architecture: 'x86_64', channels: ['stable'] },
        ],
      },
    ]);
  });
});
