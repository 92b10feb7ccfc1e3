import { expect, it } from 'vitest';
import { sshKey } from '#test/scenarios/client.ts';
import { originsOf } from '#web/inside/origins.ts';
import { type Draft, emptyDraft } from '#web/wizard/draft/draft.ts';
import { emptyHost } from '#web/wizard/network/host-draft.ts';

const manifest = (name: string): string => `/etc/assisted/manifests/${name}`;

const texts: Partial<Draft['texts']> = {
  ssh_authorized_key: sshKey('me@edge'),
  http_proxy: 'http://proxy.example.org:3128',
  ntp_sources: '192.0.2.123',
  installation: 'prefilled',
  base_dns_domain: 'example.org',
  olm_operators: 'cnv',
  control_plane_count: '3',
  ignition_config_override: JSON.stringify({
    ignition: { version: '3.2.0' },
    storage: { files: [{ path: '/etc/motd' }] },
  }),
};

const origins = originsOf({
  ...emptyDraft,
  texts: { ...emptyDraft.texts, ...texts },
  hosts: [{ ...emptyHost, mac: '52:54:00:00:00:01', address: '192.0.2.10/24' }],
});
const of = (name: string) => origins({ kind: 'file', name, text: '', size: 0, isSecret: false });

it.each([
  ['/etc/chrony.conf', ['ntp_sources']],
  [manifest('pull-secret.yaml'), ['pull_secret']],
  [manifest('nmstateconfig.yaml'), ['static_network_config']],
  ['/etc/motd', ['ignition_config_override']],
  ['/usr/local/bin/anything', []],
])('%s comes from %j', (name, keys) => expect(of(name)).toEqual(keys));

it('infraenv.yaml comes from every setting that is in it', () => {
  expect(of(manifest('infraenv.yaml')).toSorted()).toEqual(['ntp_sources', 'proxy', 'ssh_authorized_key']);
});

it('the manifests of a cluster come from its settings', () => {
  expect(of(manifest('cluster-deployment.yaml'))).toContain('base_dns_domain');
  expect(of(manifest('agent-cluster-install.yaml'))).toContain('control_plane_count');
  expect(of(manifest('operators.yaml'))).toEqual(['olm_operators']);
});
