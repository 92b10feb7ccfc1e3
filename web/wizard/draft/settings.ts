import type { AskedSettings } from '#domain/infra-env/setting-table.ts';
import { hintsIn } from '../network/disk-hints.ts';
import { partsOf } from '../network/host-draft.ts';
import { networkOf } from '../network/host-network.ts';
import { type Draft, isInteractive, isUnattended } from './draft.ts';

/** Kernel arguments in one line; quotation marks keep spaces together. */
const argumentsIn = (text: string): AskedSettings['kernel_arguments'] =>
  (text.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []).map((value) => ({ operation: 'append', value }));

const siteHosts = ({ hosts }: Draft): AskedSettings['hosts'] =>
  hosts
    .filter(({ hostname, role, disk }) => hostname !== '' || role !== '' || disk !== '')
    .map((host) => ({
      hostname: host.hostname,
      ...(host.role === '' ? {} : { role: host.role as 'master' }),
      ...(host.disk === '' ? {} : { root_device_hints: hintsIn(host.disk) }),
      mac_addresses: [
        ...networkOf(host).mac_interface_map.map(({ mac_address }) => mac_address),
        ...(host.otherMacs ?? []),
      ],
    }));

/** The settings of the infra-env that a draft describes; an empty value is not set, and clears what was. */
export const settingsOf = (draft: Draft): AskedSettings => {
  const { texts, hosts } = draft;
  return {
    ssh_authorized_key: texts.ssh_authorized_key.trim(),
    proxy: { http_proxy: texts.http_proxy, https_proxy: texts.https_proxy, no_proxy: texts.no_proxy },
    additional_ntp_sources: partsOf(texts.additional_ntp_sources).join(','),
    ntp_sources: partsOf(texts.ntp_sources).join(','),
    kernel_arguments: argumentsIn(texts.kernel_arguments),
    additional_trust_bundle: texts.additional_trust_bundle,
    ignition_config_override: texts.ignition_config_override,
    static_network_config: hosts.map(networkOf).map(({ network_yaml, mac_interface_map }) => ({
      network_yaml,
      mac_interface_map: [...mac_interface_map],
    })),
    network_discovery_delay_seconds: Number(texts.network_discovery_delay_seconds),
    rendezvous_ip: texts.rendezvous_ip.trim(),
    installation: texts.installation as AskedSettings['installation'],
    hosts: isInteractive(draft) ? [] : siteHosts(draft),
    allow_reinstall: isUnattended(draft) && texts.allow_reinstall === 'true',
    site_settings: isUnattended(draft) ? (texts.site_settings as AskedSettings['site_settings']) : '',
  };
};

const count = (field: 'control_plane_count' | 'worker_count', text: string) =>
  text === '' ? {} : { [field]: Number(text) };

const vips = (text: string) => partsOf(text).map((ip) => ({ ip }));

/** What the cluster is to be like, where it is not entered on site. */
export const clusterSettingsOf = (draft: Draft) => {
  const { texts } = draft;
  return {
    base_dns_domain: texts.base_dns_domain.trim(),
    api_vips: vips(texts.api_vips),
    ingress_vips: vips(texts.ingress_vips),
    machine_networks: partsOf(texts.machine_networks).map((cidr) => ({ cidr })),
    olm_operators: partsOf(texts.olm_operators).map((name) => ({ name })),
    ...count('control_plane_count', texts.control_plane_count),
    ...(isUnattended(draft) ? count('worker_count', texts.worker_count) : {}),
  };
};
