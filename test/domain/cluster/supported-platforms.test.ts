import { describe, expect, it, test } from 'vitest';
import { newDisconnectedCluster } from '#domain/cluster/cluster-registration.ts';
import { supportedPlatforms } from '#domain/cluster/supported-platforms.ts';
import { type Given, id, now, owner, registered, release } from './samples.ts';

describe('the platforms that a cluster could change to', () => {
  test.each<[string, Given, string[]]>([
    ['that asks for nothing', {}, ['baremetal', 'nutanix', 'vsphere', 'none', 'external']],
    ['of a single node', { control_plane_count: 1 }, ['none', 'external']],
    [
      'with an operator that two platforms rule out',
      { olm_operators: [{ name: 'lvm' }] },
      ['baremetal', 'none', 'external'],
    ],
    ['with a name that one platform alone allows', { name: 'a.b', platform: { type: 'none' } }, ['none']],
    [
      'with virtual addresses',
      {
        machine_networks: [{ cidr: '192.0.2.0/24' }],
        api_vips: [{ ip: '192.0.2.2' }],
        ingress_vips: [{ ip: '192.0.2.3' }],
      },
      ['baremetal', 'nutanix', 'vsphere'],
    ],
  ])('%s', (_, given, platforms) => {
    expect(supportedPlatforms(registered(given))).toEqual(platforms);
  });

  it('of an architecture that has but one are that one', () => {
    expect(supportedPlatforms(registered({ cpu_architecture: 's390x' }, release('4.20.3', ['s390x'])))).toEqual([
      'none',
    ]);
  });

  it('of a DisconnectedCluster are none', () => {
    const cluster = newDisconnectedCluster({ name: 'dc', release: release(), owner, id, now });
    expect(supportedPlatforms(cluster)).toEqual([]);
  });
});
