import { describe, expect, it } from 'vitest';
import { keyfileNetwork, networkFormOf, nmstateNetwork } from '#domain/ignition/standard/network-files.ts';

const hosts = ['eth0', 'eth1'].map((name, index) => ({
  network_yaml: `interfaces: [{name: ${name}}]`,
  mac_interface_map: [{ mac_address: `F8:75:a4:a4:00:0${index}`, logical_nic_name: name }],
}));

describe('the form of a static network', () => {
  it.each([
    ['4.17.43', 'keyfiles'],
    ['4.18.0-rc.1', 'nmstate'],
    ['4.18.0', 'nmstate'],
    ['4.20.3', 'nmstate'],
    ['5.0.1', 'nmstate'],
    [undefined, 'nmstate'],
  ] as const)('of version %s is %s', (version, form) => {
    expect(networkFormOf(version)).toBe(form);
  });
});

describe('the files of a static network', () => {
  it('are a policy and a table per host, in the order of the user, for root alone', () => {
    const { form, files } = nmstateNetwork(hosts);
    expect(form).toBe('nmstate');
    expect(files.map(({ path, mode }) => [path, mode])).toEqual([
      ['/etc/assisted/network/host0/ymlFile0.yml', 0o600],
      ['/etc/assisted/network/host0/mac_interface.ini', 0o600],
      ['/etc/assisted/network/host1/ymlFile1.yml', 0o600],
      ['/etc/assisted/network/host1/mac_interface.ini', 0o600],
    ]);
    expect(files[3]?.text).toBe('F8:75:a4:a4:00:01=eth1\n');
  });

  it('are the connections and a table per host for older versions', () => {
    const keyfiles = [
      [{ name: 'eth0.nmconnection', content: '[connection]\nid=eth0\n' }],
      [{ name: 'eth1.nmconnection', content: '[connection]\nid=eth1\n' }],
    ];
    const { form, files } = keyfileNetwork(hosts, keyfiles);
    expect(form).toBe('keyfiles');
    expect(files.map(({ path, mode }) => [path, mode])).toEqual([
      ['/etc/assisted/network/host0/eth0.nmconnection', 0o600],
      ['/etc/assisted/network/host0/mac_interface.ini', 0o600],
      ['/etc/assisted/network/host1/eth1.nmconnection', 0o600],
      ['/etc/assisted/network/host1/mac_interface.ini', 0o600],
    ]);
    expect(files[0]?.text).toContain('autoconnect-priority=1\nid=eth0');
  });
});
