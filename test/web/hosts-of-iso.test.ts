import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostNetwork } from '#domain/infra-env/static-network.ts';
import { type Draft, emptyDraft } from '#web/wizard/draft/draft.ts';
import { hostsOf } from '#web/wizard/draft/hosts-of-iso.ts';
import { changesOf, settingsOf } from '#web/wizard/draft/settings.ts';
import { emptyHost, type HostDraft, type SiteHost } from '#web/wizard/network/host-draft.ts';
import { networkOf } from '#web/wizard/network/host-network.ts';

interface Stored {
  readonly hosts: readonly SiteHost[];
  readonly networks: readonly HostNetwork[];
}

const draftOf = (hosts: readonly HostDraft[]): Draft => ({
  texts: { ...emptyDraft.texts, installation: 'unattended' },
  hosts,
  manifests: [],
});

const shown = ({ hosts, networks }: Stored) => hostsOf({ hosts, static_network_config: JSON.stringify(networks) });

const toStore = (hosts: readonly HostDraft[]) => {
  const { hosts: sites, static_network_config: networks } = settingsOf(draftOf(hosts));
  return { hosts: sites, networks };
};

const macOf = (number: number) => `52:54:00:00:00:${number.toString(16).padStart(2, '0')}`;

/** As the form writes it, or as somebody else has: with a comment, in capitals, or with what no field shows. */
const networkWith = (mac: string): fc.Arbitrary<HostNetwork> =>
  fc.constantFrom<HostNetwork>(
    networkOf({ ...emptyHost, mac, address: '192.0.2.10/24', gateway: '192.0.2.1' }),
    {
      network_yaml: '# by DHCP\ninterfaces: [{ name: eth0, type: ethernet, ipv4: { enabled: true, dhcp: true } }]',
      mac_interface_map: [{ mac_address: mac.toUpperCase(), logical_nic_name: 'eth0' }],
    },
    {
      network_yaml: 'interfaces: [{ name: eth0, type: ethernet, mtu: 9000 }, { name: eth1, type: ethernet }]',
      mac_interface_map: [
        { mac_address: mac, logical_nic_name: 'eth0' },
        { mac_address: mac.replace('52', '56'), logical_nic_name: 'eth1' },
      ],
    },
  );

const siteWith = (mac: string): fc.Arbitrary<SiteHost> =>
  fc.record(
    {
      hostname: fc.constantFrom('master-0', 'edge.example.org'),
      role: fc.constantFrom('auto-assign', 'master', 'worker', 'arbiter'),
      mac_addresses: fc.constantFrom([mac], [mac, mac.replace('52', '5a')], [mac.replace('52', '5a'), mac], []),
      root_device_hints: fc.constantFrom({ deviceName: '/dev/sda' }, { model: 'A & B', minSizeGigabytes: 120 }),
    },
    { requiredKeys: ['mac_addresses'] },
  );

/** Hosts of which some have a network, some an entry of their own, and some both, in whatever order. */
const stored: fc.Arbitrary<Stored> = fc
  .array(fc.record({ hasNetwork: fc.boolean(), hasSite: fc.boolean() }), { maxLength: 4 })
  .chain((kinds) => {
    const macs = (has: 'hasNetwork' | 'hasSite') => kinds.flatMap((kind, at) => (kind[has] ? [macOf(at)] : []));
    return fc.record({
      networks: fc.tuple(...macs('hasNetwork').map(networkWith)),
      hosts: fc
        .tuple(...macs('hasSite').map(siteWith))
        .chain((sites) => fc.shuffledSubarray(sites, { minLength: sites.length })),
    });
  });

describe('an edit', () => {
  it('that changes nothing in the hosts changes nothing of what is stored', () => {
    fc.assert(
      fc.property(stored, (present) => {
        expect(toStore(shown(present))).toEqual(present);
      }),
    );
  });

  it('of one host leaves what is stored of the others', () => {
    fc.assert(
      fc.property(stored, fc.nat(), (present, number) => {
        const hosts = shown(present);
        fc.pre(hosts.length > 0 && present.hosts.every(({ mac_addresses }) => mac_addresses.length > 0));
        const at = number % hosts.length;
        const host = hosts[at] as HostDraft;
        const after = toStore(hosts.with(at, { ...host, hostname: 'renamed', gateway: '192.0.2.254' }));
        const { network, site } = host.stored ?? {};
        expect(after.networks).toEqual(
          expect.arrayContaining(
            present.networks.filter(
              (each) => each.mac_interface_map[0]?.mac_address !== network?.mac_interface_map[0]?.mac_address,
            ),
          ),
        );
        for (const other of present.hosts) if (other !== site) expect(after.hosts).toContainEqual(other);
        expect(after.hosts).toContainEqual(expect.objectContaining({ hostname: 'renamed' }));
      }),
    );
  });

  it('gives a host that gets its address by DHCP no network, until somebody enters one', () => {
    const site: SiteHost = { hostname: 'two', mac_addresses: [macOf(2)] };
    const [host] = shown({ hosts: [site], networks: [] });
    expect(toStore([{ ...(host as HostDraft), role: 'worker' }])).toEqual({
      hosts: [{ ...site, role: 'worker' }],
      networks: [],
    });
    expect(toStore([{ ...(host as HostDraft), address: '192.0.2.11/24' }])).toEqual({
      hosts: [site],
      networks: [networkOf({ ...emptyHost, mac: macOf(2), address: '192.0.2.11/24' })],
    });
  });

  it('that removes a host leads no other to the network of the next', () => {
    const networks = [1, 2].map((number) => networkOf({ ...emptyHost, mac: macOf(number), address: '192.0.2.1/24' }));
    const hosts: SiteHost[] = [
      { hostname: 'one', mac_addresses: [] },
      { hostname: 'two', mac_addresses: [] },
    ];
    const [, second] = shown({ hosts, networks });
    const first = { ...emptyHost, mac: macOf(3) };
    expect(toStore([first, second as HostDraft]).hosts).toEqual([{ hostname: 'two', mac_addresses: [macOf(2)] }]);
  });

  it('sends what differs, and nothing else', () => {
    const before = settingsOf(draftOf([]));
    const texts = { ...draftOf([]).texts, ntp_sources: '192.0.2.123' };
    expect(changesOf(before, settingsOf({ ...emptyDraft, texts }))).toEqual({ ntp_sources: '192.0.2.123' });
    expect(changesOf(before, before)).toEqual({});
  });
});
