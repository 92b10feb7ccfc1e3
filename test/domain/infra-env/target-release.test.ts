import { describe, expect, it } from 'vitest';
import type { Cluster } from '#domain/cluster/cluster.ts';
import { targetArchitecture, targetRelease } from '#domain/infra-env/target-release.ts';
import { architectureOf, type Release } from '#domain/release/release.ts';
import { aCluster } from '#test/fakes/records.ts';
import { release } from '../release/releases.ts';
import { now } from './requests.ts';

const arm = ['arm64'] as const;
const all = ['x86_64', 'arm64', 'ppc64le', 's390x'] as const;

const x86Of3 = release('4.20.3');
const armOf3 = release('4.20.3', 'production', arm);
const multiOf3 = release('4.20.3', 'production', all);
const armOf12 = release('4.20.12', 'production', arm);
const known = [x86Of3, armOf3, armOf12];

/** What an infra-env with this architecture is for: version and architecture of its release, and its own. */
const target = (
  releases: readonly Release[],
  bound: Partial<Cluster> | undefined,
  cpu_architecture?: 'x86_64' | 'aarch64',
) => {
  const params = cpu_architecture === undefined ? {} : { cpu_architecture };
  const cluster = bound && aCluster(bound);
  const found = targetRelease(releases, { params, cluster, now });
  const named = found.release && `${found.release.version} ${architectureOf(found.release)}`;
  return [named, targetArchitecture({ params, ...found }), found.cluster?.openshiftVersion];
};

describe('the release of an infra-env', () => {
  const single = { openshiftVersion: '4.20.3', cpuArchitecture: 'arm64' };
  const multi = { openshiftVersion: '4.20.3', cpuArchitecture: 'multi' };
  const exact = { openshiftVersion: '4.20.12' };
  const line = { openshiftVersion: '4.20.3', askedVersion: '4.20' };
  const armLine = { openshiftVersion: '4.20.12', askedVersion: '4.20' };

  it.each([
    ['of a cluster has its architecture', known, single, undefined, ['4.20.3 arm64', 'arm64', '4.20.3']],
    ['of a cluster is no other', [x86Of3, multiOf3], single, 'aarch64', [undefined, 'arm64', '4.20.3']],
    ['of a multi cluster is that for all', [...known, multiOf3], multi, 'aarch64', ['4.20.3 multi', 'arm64', '4.20.3']],
    [
      'of a multi cluster is for the usual hosts',
      [...known, multiOf3],
      multi,
      undefined,
      ['4.20.3 multi', 'x86_64', '4.20.3'],
    ],
    ['of an exact version is the only one', known, exact, undefined, ['4.20.12 arm64', 'arm64', '4.20.12']],
    ['of an exact version does not move', known, exact, 'x86_64', ['4.20.12 arm64', 'x86_64', '4.20.12']],
    ['of a line stays where it serves the hosts', known, line, 'aarch64', ['4.20.3 arm64', 'arm64', '4.20.3']],
    ['of a line is the newest for the hosts', known, armLine, 'x86_64', ['4.20.3 x86_64', 'x86_64', '4.20.3']],
    ['of a line is the only one', [armOf12], armLine, undefined, ['4.20.12 arm64', 'arm64', '4.20.12']],
    [
      'of a line that nothing serves is left to the check',
      [armOf12],
      armLine,
      'x86_64',
      ['4.20.12 arm64', 'x86_64', '4.20.12'],
    ],
    [
      'of a line is another where its own has disappeared',
      [x86Of3],
      armLine,
      undefined,
      ['4.20.3 x86_64', 'x86_64', '4.20.3'],
    ],
    ['that has disappeared is not known', [], exact, 'aarch64', [undefined, 'arm64', '4.20.12']],
    ['unbound is the newest for the usual hosts', known, undefined, undefined, ['4.20.3 x86_64', 'x86_64', undefined]],
    ['unbound is the newest for its hosts', known, undefined, 'aarch64', ['4.20.12 arm64', 'arm64', undefined]],
    ['unbound is for the hosts that there are', [armOf12], undefined, undefined, ['4.20.12 arm64', 'arm64', undefined]],
    ['unbound may be unknown', [], undefined, undefined, [undefined, 'x86_64', undefined]],
  ] as const)('%s', (_, releases, cluster, cpuArchitecture, expected) => {
    expect(target(releases, cluster, cpuArchitecture)).toEqual(expected);
  });

  it('settles the version of a cluster that was registered with a line, once', () => {
    const cluster = aCluster({ openshiftVersion: '4.20.12', askedVersion: '4.20', releaseImage: 'other' });
    const settled = targetRelease(known, { cluster, params: { cpu_architecture: 'x86_64' }, now }).cluster;
    const { askedVersion: _, ...rest } = cluster;
    expect(settled).toEqual({
      ...rest,
      openshiftVersion: '4.20.3',
      releaseImage: x86Of3.releaseImage,
      version: cluster.version + 1,
      updatedAt: now.toISOString(),
    });
  });
});
