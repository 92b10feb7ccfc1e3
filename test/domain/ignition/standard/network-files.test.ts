import { describe, expect, it } from 'vitest';
import {
  checkReadable,
  keyfileNetwork,
  networkFormOf,
  nmstateNetwork,
} from '#domain/ignition/standard/network-files.ts';

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

describe('a network with braces', () => {
  const [host] = hosts;
  if (host === undefined) throw new Error('one host');
  const braced = { ...host, network_yaml: `${host.network_yaml}\nroutes: [{a: '}'}]` };
  const settings = { static_network_config: [host, braced] };

  it.each([
    ['full-iso', '4.18.0'],
    ['minimal-iso', undefined],
  ] as const)('cannot be read by the hosts of a %s of version %s', (type, openshiftVersion) => {
    const version = openshiftVersion === undefined ? {} : { openshiftVersion };
    expect(() => checkReadable({ type, settings, ...version })).toThrow(
      'static_network_config: routes.0.a of host 1 has braces, which the host cannot read',
    );
  });

  it.each([
    ['disconnected-iso', '4.20.0'],
    ['full-iso', '4.17.43'],
  ] as const)('can be read by those of a %s of version %s, which get connections', (type, openshiftVersion) => {
    expect(() => checkReadable({ type, openshiftVersion, settings })).not.toThrow();
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
