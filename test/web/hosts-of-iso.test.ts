import { expect, it } from 'vitest';
import { emptyDraft } from '#web/wizard/draft/draft.ts';
import { hostsOf } from '#web/wizard/draft/hosts-of-iso.ts';
import { settingsOf } from '#web/wizard/draft/settings.ts';

const network = {
  network_yaml: 'interfaces: [{ name: eth0, type: ethernet, ipv4: { enabled: true, dhcp: true } }]',
  mac_interface_map: [{ mac_address: '52:54:00:00:00:01', logical_nic_name: 'eth0' }],
};

const host = (name: string, ...macs: string[]) => ({ hostname: name, role: 'master' as const, mac_addresses: macs });

it.each([
  ['by the card of its network and by others', host('one', '52:54:00:00:00:01', '52:54:00:00:00:0a')],
  ['without a network, by several cards', host('two', '52:54:00:00:00:02', '52:54:00:00:00:0b')],
  ['without a network, by one card', host('three', '52:54:00:00:00:03')],
])('an edit that changes nothing keeps a host that is found on site %s', (_, site) => {
  const hosts = hostsOf({ hosts: [site], static_network_config: JSON.stringify([network]) });
  const texts = { ...emptyDraft.texts, installation: 'unattended' };
  expect(settingsOf({ texts, hosts }).hosts).toEqual([site]);
});
