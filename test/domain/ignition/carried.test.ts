import { describe, expect, it } from 'vitest';
import { textResource } from '#domain/host/text-resource.ts';
import { checkCarried } from '#domain/ignition/carried.ts';
import type { Ignition } from '#domain/ignition/ignition.ts';

const root = '/etc/assisted/network';
const network_yaml = 'interfaces: [{name: eth0, ipv4: {enabled: true, dhcp: true}}]';
const nic = (last: number, logical_nic_name = 'eth0') => ({ mac_address: `F8:75:a4:a4:00:0${last}`, logical_nic_name });
const hosts = [
  { network_yaml, mac_interface_map: [nic(1)] },
  { network_yaml, mac_interface_map: [nic(3, 'eth1'), nic(2)] },
];

const first = {
  [`${root}/host0/mac_interface.ini`]: 'f8:75:a4:a4:00:01=eth0',
  [`${root}/host0/eth0.nmconnection`]: '',
};
const second = {
  [`${root}/host1/mac_interface.ini`]: 'F8:75:A4:A4:00:02=eth0\nF8:75:A4:A4:00:03=eth1\n',
  [`${root}/host1/eth0.nmconnection`]: '',
};

const anIgnition = (files: Readonly<Record<string, string>>, enabled = true): Ignition => ({
  ignition: { version: '3.2.0' },
  storage: { files: Object.entries(files).map(([path, text]) => ({ path, contents: textResource(text) })) },
  systemd: { units: [{ name: 'pre-network-manager-config.service', enabled }] },
});

const refused = (reason: string) =>
  expect.objectContaining({
    name: 'InstallerRefused',
    message: `openshift-install refused the settings of the infra-env: ${reason}`,
  });

describe('what the binary made of static networks', () => {
  it.each([
    ['all hosts', { ...first, ...second }],
    [
      'all hosts in folders of another order',
      Object.fromEntries(
        Object.entries({ ...first, ...second }).map(([path, text]) => [path.replace('host', 'host1'), text]),
      ),
    ],
  ])('is accepted with %s', (_, files) => {
    expect(() => checkCarried(anIgnition(files), { static_network_config: hosts })).not.toThrow();
  });

  const { [`${root}/host1/eth0.nmconnection`]: _connection, ...withoutConnection } = second;
  const { [`${root}/host1/mac_interface.ini`]: _table, ...withoutTable } = second;
  it.each([
    ['no host', {}, 0],
    ['the second host alone', second, 0],
    ['the first host alone', first, 1],
    ['a host without connections', { ...first, ...withoutConnection }, 1],
    ['a host that cannot find itself', { ...first, ...withoutTable }, 1],
    [
      'a host without one of its cards',
      { ...first, ...second, [`${root}/host1/mac_interface.ini`]: 'f8:75:a4:a4:00:02=eth0' },
      1,
    ],
  ])('is refused with %s', (_, files, missing) => {
    expect(() => checkCarried(anIgnition(files), { static_network_config: hosts })).toThrow(
      refused(`static_network_config: openshift-install leaves out the network of host ${missing}`),
    );
  });

  it.each([
    ['disabled', anIgnition({ ...first, ...second }, false)],
    ['not there', { ...anIgnition({ ...first, ...second }), systemd: {} }],
  ])('is refused while the service that applies it is %s', (_, ignition) => {
    expect(() => checkCarried(ignition, { static_network_config: hosts })).toThrow(
      refused('static_network_config: openshift-install leaves out what applies it'),
    );
  });
});

describe('what the binary made of the rendezvous host', () => {
  const meetingAt = (ip: string) => anIgnition({ '/etc/assisted/rendezvous-host.env': `NODE_ZERO_IP=${ip}\n` });

  it.each([
    ['the address in another spelling', meetingAt('2001:0db8::1'), { rendezvous_ip: '2001:DB8:0::1' }],
    ['a placeholder where no address is known', meetingAt('{{.RendezvousIP}}'), {}],
    ['nothing where no address is known', anIgnition({}), {}],
  ])('is accepted with %s', (_, ignition, settings) => {
    expect(() => checkCarried(ignition, settings)).not.toThrow();
  });

  it.each([
    ['nothing', anIgnition({})],
    ['a placeholder', meetingAt('{{.RendezvousIP}}')],
    ['another address', meetingAt('192.0.2.2')],
  ])('is refused with %s where there is an address', (_, ignition) => {
    expect(() => checkCarried(ignition, { rendezvous_ip: '192.0.2.1' })).toThrow(
      refused('rendezvous_ip: openshift-install leaves out the address'),
    );
  });
});
