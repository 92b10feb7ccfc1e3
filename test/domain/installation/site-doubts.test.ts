import { expect, it } from 'vitest';
import { siteDoubts } from '#domain/installation/judgement/site-doubts.ts';
import { hostNetwork } from '../infra-env/host-network.ts';
import { aSite, faultsOf, type GivenSite, networks } from './sites.ts';

/** A cluster of several nodes whose addresses DNS and a load balancer of the user's give. */
const ownNetworking = (given: typeof networks): GivenSite => ({
  cluster: { platform: { type: 'none' }, user_managed_networking: true, api_vips: [], ingress_vips: [] },
  settings: { static_network_config: given, rendezvous_ip: '192.0.2.10' },
});

const withTang = (thumbprint: string): GivenSite => ({
  cluster: {
    disk_encryption: {
      enable_on: 'all',
      mode: 'tang',
      tang_servers: JSON.stringify([{ url: 'http://tang.example.com:7500', thumbprint }]),
    },
  },
});

const withObject = (kind: string, metadata = '{name: a}'): GivenSite => ({
  manifests: [{ fileName: 'a.yaml', content: Buffer.from(`${kind}\nmetadata: ${metadata}\n`) }],
});

const withFirstNetwork = (network: (typeof networks)[number]): GivenSite => ({
  settings: { static_network_config: [network, ...networks.slice(1)] },
});

it.each<[string, GivenSite, RegExp]>([
  ['a host without a route', withFirstNetwork(hostNetwork('192.0.2.10', '00')), /^hosts\[0\]: it has no route to 0/],
  ['a host without name server on platform none', ownNetworking(networks), /^hosts\[0\]: it has no name server/],
  ['the thumbprint of a Tang server in hexadecimal', withTang('ab'.repeat(20)), /^disk_encryption: abab.* base64url/],
  [
    'an override of the mirrors',
    { overrides: { imageDigestSources: [{ source: 'quay.io/a', mirrors: ['registry.example.com/a'] }] } },
    /^install_config_overrides.imageDigestSources: .* ImageDigestMirrorSet$/,
  ],
  [
    'a secret without its namespace',
    withObject('apiVersion: v1\nkind: Secret'),
    /^manifests\/a.yaml: it has a Secret without metadata.namespace/,
  ],
  [
    'a role without its namespace',
    withObject('apiVersion: rbac.authorization.k8s.io/v1\nkind: Role'),
    /^manifests\/a.yaml: it has a Role without metadata.namespace/,
  ],
])('%s is taken, and said to be doubtful', (_, given, doubt) => {
  expect(faultsOf(given)).toEqual([]);
  expect(siteDoubts(aSite(given))[0]).toMatch(doubt);
});

it.each<[string, GivenSite]>([
  ['what the tests of a site have', {}],
  ['a Tang server', withTang('A-_'.repeat(9))],
  ['an object with its namespace', withObject('apiVersion: v1\nkind: Secret', '{name: a, namespace: b}')],
  ['an object that belongs to no namespace', withObject('apiVersion: v1\nkind: Namespace')],
  ['an object that only has the name of such a kind', withObject('apiVersion: example.com/v1\nkind: Secret')],
  [
    'a host that gets a route by DHCP on a card of which its network says nothing',
    {
      ...withFirstNetwork(hostNetwork('192.0.2.10', '00')),
      hosts: networks.map((_, index) => ({
        mac_addresses: [`52:54:00:00:00:0${index}`, ...(index === 0 ? ['52:54:00:00:00:99'] : [])],
      })),
    },
  ],
  [
    'platform none with name servers',
    ownNetworking(
      networks.map(({ network_yaml, mac_interface_map }) => ({
        network_yaml: `${network_yaml}dns-resolver: {config: {server: [192.0.2.53]}}\n`,
        mac_interface_map,
      })),
    ),
  ],
])('%s is not doubtful', (_, given) => {
  expect(siteDoubts(aSite(given))).toEqual([]);
});
