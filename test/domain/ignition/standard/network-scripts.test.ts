import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  keyfileNetwork,
  type NetworkForm,
  nmstateNetwork,
  type StaticNetwork,
} from '#domain/ignition/standard/network-files.ts';
import { networkScripts } from '#domain/ignition/standard/network-scripts.ts';
import { machine } from './machine.ts';

const script = '/usr/local/bin/pre-network-manager-config.sh';
const live = '/etc/NetworkManager/system-connections';
const handedOn = '/etc/coreos-firstboot-network';

/** A host by what its logical names are the cards of; addresses are `02:00:00:00:00:<number>`. */
const hostOf = (cards: Readonly<Record<string, string>>) => ({
  network_yaml: JSON.stringify({ interfaces: Object.keys(cards).map((name) => ({ name, type: 'ethernet' })) }),
  mac_interface_map: Object.entries(cards).map(([logical_nic_name, number]) => ({
    mac_address: `02:00:00:00:AB:${number}`,
    logical_nic_name,
  })),
});

const mac = (number: string): string => `02:00:00:00:ab:${number}`;

const connection = (name: string, more = '') => ({
  name: `${name}.nmconnection`,
  content: `[connection]\nid=${name}\ninterface-name=${name}\n${more}`,
});

const given = async (network: StaticNetwork, cards: Readonly<Record<string, string>>) => {
  const nmstatectl =
    'echo "$*" >> "$SYSTEM_ROOT/asked"; touch "$SYSTEM_ROOT/etc/NetworkManager/system-connections/by-nmstate.nmconnection"';
  const here = await machine([...networkScripts(network.form), ...network.files], {
    sleep: 'echo "$*" > "$SYSTEM_ROOT/slept"',
  });
  await here.write('/usr/bin/nmstatectl', `#!/bin/sh\n${nmstatectl}\n`, 0o755);
  await here.write('/usr/sbin/coreos-copy-firstboot-network', '#!/bin/sh\ntouch "$SYSTEM_ROOT/handed-on"\n', 0o755);
  await here.write(`${live}/default_connection.nmconnection`, 'made up');
  for (const [name, number] of Object.entries(cards)) await here.addCard(name, mac(number));
  return here;
};

describe('connections of NetworkManager', () => {
  const network = keyfileNetwork(
    [hostOf({ eth0: '01', eth1: '02' }), hostOf({ eth0: '03' })],
    [
      [
        connection('eth0', '[ipv4]\naddress1=192.0.2.10/24\ndns=eth0.example;\n'),
        connection('eth1', 'master=bond0\n'),
        connection('bond0', '[bond]\nprimary=eth1\n'),
        connection('eth0.7', '[vlan]\nparent=eth0\nid=7'),
      ],
      [connection('eth0', '[ipv4]\naddress1=192.0.2.20/24\n')],
    ],
  );

  it('of the machine that has the card are installed, with the real names of its cards', async () => {
    const here = await given(network, { enp1s0: '01', enp2s0: '02' });
    expect(await here.run(script)).toMatchObject({ exitCode: 0 });
    const installed = await here.folder(live);
    expect(Object.keys(installed).toSorted()).toEqual(
      ['bond0', 'enp1s0', 'enp2s0', 'eth0.7'].map((name) => `${name}.nmconnection`),
    );
    expect(installed['enp1s0.nmconnection']).toContain(
      'id=enp1s0\ninterface-name=enp1s0\n[ipv4]\naddress1=192.0.2.10/24',
    );
    expect(installed['enp1s0.nmconnection']).toContain('dns=eth0.example;\n');
    expect(installed['bond0.nmconnection']).toContain('primary=enp2s0\n');
    expect(installed['eth0.7.nmconnection']).toContain('interface-name=eth0.7\n[vlan]\nparent=enp1s0\nid=7\n');
    expect((await stat(join(here.root, live, 'bond0.nmconnection'))).mode & 0o777).toBe(0o600);
  });

  it('are another host’s on another machine', async () => {
    const here = await given(network, { ens3: '03' });
    await here.run(script);
    expect(Object.keys(await here.folder(live))).toEqual(['ens3.nmconnection']);
    expect((await here.folder(live))['ens3.nmconnection']).toContain('192.0.2.20/24');
  });

  it('are right where the logical name of one card is the real name of the other', async () => {
    const here = await given(network, { eth1: '01', eth0: '02' });
    await here.run(script);
    const installed = await here.folder(live);
    expect(installed['eth1.nmconnection']).toContain('interface-name=eth1\n[ipv4]\naddress1=192.0.2.10/24');
    expect(installed['eth0.nmconnection']).toContain('interface-name=eth0\nmaster=bond0');
    expect(installed['bond0.nmconnection']).toContain('primary=eth0\n');
  });

  it('keep the logical name of a card that the machine does not have', async () => {
    const here = await given(network, { enp1s0: '01' });
    expect(await here.run(script)).toMatchObject({ exitCode: 0 });
    expect(Object.keys(await here.folder(live))).toContain('eth1.nmconnection');
  });

  it('that would have the same name are an error, and nothing is installed', async () => {
    const here = await given(network, { bond0: '01' });
    const { exitCode, all } = await here.run(script);
    expect([exitCode, all]).toEqual([1, expect.stringContaining('two connections of this machine are called bond0')]);
    expect(Object.keys(await here.folder(live))).toEqual(['default_connection.nmconnection']);
  });

  it('go to where CoreOS takes them over from, in the initramfs', async () => {
    const here = await given(network, { ens3: '03' });
    await here.write('/etc/initrd-release', '');
    await here.run(script);
    expect(Object.keys(await here.folder(handedOn))).toEqual(['ens3.nmconnection']);
    expect(Object.keys(await here.folder(live))).toEqual(['default_connection.nmconnection']);
  });
});

describe('a policy of NMState', () => {
  const network = nmstateNetwork([hostOf({ eth0: '01' }), hostOf({ eth0: '03' })]);

  it('of the machine is applied, by NMState', async () => {
    const here = await given(network, { ens3: '03' });
    expect(await here.run(script)).toMatchObject({ exitCode: 0 });
    expect(Object.keys(await here.folder('/etc/nmstate'))).toEqual(['ymlFile1.yml']);
    expect(await here.read('/asked')).toBe('service\n');
    expect((await stat(join(here.root, '/etc/nmstate/ymlFile1.yml'))).mode & 0o777).toBe(0o600);
    await expect(here.read('/handed-on')).rejects.toThrow('ENOENT');
  });

  it('has its connections handed on, in the initramfs', async () => {
    const here = await given(network, { ens3: '03' });
    await here.write('/etc/initrd-release', '');
    await here.run(script);
    expect(Object.keys(await here.folder(handedOn))).toContain('by-nmstate.nmconnection');
    expect(await here.read('/handed-on')).toBe('');
  });
});

describe.each<[NetworkForm, StaticNetwork]>([
  ['keyfiles', keyfileNetwork([hostOf({ eth0: '01' })], [[connection('eth0')]])],
  ['nmstate', nmstateNetwork([hostOf({ eth0: '01' })])],
])('in the form of %s', (_, network) => {
  it('a machine that has none of the cards is left as it is', async () => {
    const here = await given(network, { ens3: '09' });
    const { exitCode, all } = await here.run(script);
    expect([exitCode, all]).toEqual([0, 'no static network is meant for this machine']);
    expect(Object.keys(await here.folder(live))).toEqual(['default_connection.nmconnection']);
    await expect(here.read('/asked')).rejects.toThrow('ENOENT');
  });

  it('the address of a bond above a card is not taken for a card', async () => {
    const here = await given(network, {});
    await here.addCard('bond0', mac('01'), true);
    expect((await here.run(script)).all).toBe('no static network is meant for this machine');
  });

  it('slow cards are waited for as long as the infra-env says', async () => {
    const here = await given(network, {});
    await here.run(script, [], { DISCOVERY_DELAY_SECONDS: '17' });
    expect(await here.read('/slept')).toBe('17\n');
  });
});
