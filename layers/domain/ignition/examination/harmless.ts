import type { InfraEnvSettings } from '../../infra-env/infra-env-settings.ts';
import { settingKeys, settingTable } from '../../infra-env/setting-table.ts';
import type { ManifestSubject } from '../infra-env-manifest.ts';

/** Of nobody, for a name that never exists; good for a hundred years. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBlDCCATmgAwIBAgIUXoHDoYeesJripQd3BJabeZWJGoMwCgYIKoZIzj0EAwIw
HjEcMBoGA1UEAwwTZXhhbWluYXRpb24uaW52YWxpZDAgFw0yNjExMjkxODIxMzJa
GA8yMTI2MTEwNTE4MjEzMlowHjEcMBoGA1UEAwwTZXhhbWluYXRpb24uaW52YWxp
ZDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABI8BLAB58QtCejvRKElcW95UVdFy
J23zBXFsehy3KLfiW5WzknONHW6njJZxDmqc+a8lUb5qm3U57pE8woNM8ZSjUzBR
MB0GA1UdDgQWBBRX+aGngAjBCuSMMT1Cu/3bhdgnkzAfBgNVHSMEGDAWgBRX+aGn
gAjBCuSMMT1Cu/3bhdgnkzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kA
MEYCIQC78bAg4w5i1T18CLx8ugfYxsLS4C8Q65pU7RGA65orawIhAOa0DifHwZhV
UQqDT60RNC3Rf8CXmMrubGK+Oo9WeiRG
-----END CERTIFICATE-----`;

export const harmlessPullSecret = JSON.stringify({ auths: { 'registry.invalid': { auth: 'bm9ib2R5Om5vdGhpbmc=' } } });

export const harmlessAddress = '192.0.2.10';

export const harmlessSubject: Omit<ManifestSubject, 'settings'> = {
  id: '00000000-0000-4000-8000-000000000000',
  name: 'examination',
  cpuArchitecture: 'x86_64',
};

/** A value of every setting that the binary has to carry, networks aside: they take nmstatectl besides. */
export const harmlessSettings: InfraEnvSettings = {
  ssh_authorized_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB5u+WsNGB3Vwwb2y1UcdSfCbZWj1yo8SWzbgYpXtaVn examination',
  proxy: {
    http_proxy: 'http://proxy.invalid:3128',
    https_proxy: 'http://proxy.invalid:3128',
    no_proxy: 'registry.invalid',
  },
  additional_ntp_sources: 'time.invalid',
  additional_trust_bundle: certificate,
  rendezvous_ip: harmlessAddress,
};

export type Probed = keyof typeof harmlessSettings;

export const probedSettings = settingKeys.filter((key) => harmlessSettings[key] !== undefined);

const likeValues: InfraEnvSettings = { ntp_sources: 'time.invalid' };

/** Settings that infraenv.yaml holds in the same place: what does not arrive of the one does not of the other. */
export const settingsLike = (key: Probed): readonly Probed[] => {
  const placesOf = (other: Probed) =>
    Object.keys(settingTable[other].manifestSpec({ ...harmlessSettings, ...likeValues }));
  const places = new Set(placesOf(key));
  return settingKeys.filter((other) => other === key || placesOf(other).some((place) => places.has(place)));
};

/** A static address other than the rendezvous host's: where that address comes from shows. */
export const harmlessHost = {
  network_yaml:
    'interfaces: [{name: eth0, type: ethernet, state: up, ' +
    'ipv4: {enabled: true, dhcp: false, address: [{ip: 192.0.2.11, prefix-length: 24}]}, ipv6: {enabled: false}}]',
  mac_interface_map: [{ mac_address: '02:00:00:00:00:01', logical_nic_name: 'eth0' }],
};
