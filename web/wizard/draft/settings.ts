import type { AskedSettings } from '#domain/infra-env/setting-table.ts';
import { partsOf } from '../network/host-draft.ts';
import { networkToStore, sitesToStore } from '../network/host-to-store.ts';
import { type Draft, isInteractive, isUnattended } from './draft.ts';

/** Kernel arguments in one line; quotation marks keep spaces together. */
const argumentsIn = (text: string): AskedSettings['kernel_arguments'] =>
  (text.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []).map((value) => ({ operation: 'append', value }));

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
    static_network_config: hosts
      .map(networkToStore)
      .filter((network) => network !== undefined)
      .map(({ network_yaml, mac_interface_map }) => ({ network_yaml, mac_interface_map: [...mac_interface_map] })),
    network_discovery_delay_seconds: Number(texts.network_discovery_delay_seconds),
    rendezvous_ip: texts.rendezvous_ip.trim(),
    installation: texts.installation as AskedSettings['installation'],
    hosts: isInteractive(draft) ? [] : sitesToStore(hosts),
    allow_reinstall: isUnattended(draft) && texts.allow_reinstall === 'true',
    site_settings: isUnattended(draft) ? (texts.site_settings as AskedSettings['site_settings']) : '',
  };
};

/** What a changed draft says differently: what nobody has touched stays as the service has it. */
export const changesOf = <Settings extends object>(before: Settings, after: Settings): Partial<Settings> =>
  Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Settings]),
    ),
  ) as Partial<Settings>;

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
