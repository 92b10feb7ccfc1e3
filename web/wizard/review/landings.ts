import { clusterSettingTable } from '#domain/cluster/cluster-setting-table.ts';
import { fieldLandings } from '#domain/infra-env/infra-env-fields.ts';
import { settingTable } from '#domain/infra-env/setting-table.ts';
import { type Draft, isInteractive, type TextField } from '../draft/draft.ts';
import { placesOfNetworks } from '../network/host-to-store.ts';

/** One line of the review: what is set, and what is to become of it on the host. */
export interface Landed {
  readonly label: string;
  readonly value: string;
  /** In Markdown, as in docs/architecture.md: `code` in backticks. */
  readonly where: string;
}

const type = 'disconnected-iso';

const whereOf = (field: TextField | 'static_network_config'): string => {
  if (field === 'http_proxy' || field === 'https_proxy' || field === 'no_proxy')
    return settingTable.proxy.lands[type].where;
  if (Object.hasOwn(fieldLandings, field)) return fieldLandings[field as keyof typeof fieldLandings][type];
  return settingTable[field as keyof typeof settingTable].lands[type].where;
};

const hidden = 'given';

const shown: readonly (readonly [field: TextField, label: string, show?: (text: string) => string])[] = [
  ['name', 'Name'],
  ['openshift_version', 'Release'],
  ['pull_secret', 'Pull secret', () => hidden],
  ['ssh_authorized_key', 'SSH public keys', (text) => `${text.trim().split('\n').length}`],
  ['rendezvous_ip', 'Rendezvous address'],
  ['network_discovery_delay_seconds', 'Seconds to wait for network cards'],
  ['http_proxy', 'HTTP proxy', (url) => url.replace(/\/\/[^@/]*@/, '//…@')],
  ['https_proxy', 'HTTPS proxy', (url) => url.replace(/\/\/[^@/]*@/, '//…@')],
  ['no_proxy', 'Reached without the proxy'],
  ['additional_ntp_sources', 'More time sources'],
  ['ntp_sources', 'Only time sources'],
  ['additional_trust_bundle', 'Certificates', (text) => `${text.split('-----BEGIN ').length - 1}`],
  ['installation', 'Installation'],
  ['allow_reinstall', 'Installs over what is there', () => 'yes'],
  ['site_settings', 'Settings of the site', () => 'on a second medium'],
  ['kernel_arguments', 'Kernel arguments'],
  ['ignition_config_override', 'Ignition override', () => hidden],
];

const clusterShown = [
  ['base_dns_domain', 'Base domain'],
  ['api_vips', 'Addresses of the API'],
  ['ingress_vips', 'Addresses of the applications'],
  ['machine_networks', 'Networks of the hosts'],
  ['control_plane_count', 'Control plane nodes'],
  ['worker_count', 'Workers'],
  ['olm_operators', 'Operators'],
  ['install_config_overrides', 'Overrides of the install-config'],
] as const satisfies readonly (readonly [TextField, string])[];

const ofCluster = (draft: Draft): readonly Landed[] => {
  if (isInteractive(draft)) return [];
  const way = draft.texts.installation as 'prefilled' | 'unattended';
  return clusterShown.map(([field, label]) => ({
    label,
    value: draft.texts[field],
    where: clusterSettingTable[field].lands[way],
  }));
};

const ofHosts = ({ hosts }: Draft): Landed => ({
  label: 'Hosts with a network of their own',
  value: String(placesOfNetworks(hosts).length || ''),
  where: whereOf('static_network_config'),
});

const ofManifests = (draft: Draft): readonly Landed[] =>
  isInteractive(draft)
    ? []
    : [
        {
          label: 'Manifests',
          value: draft.manifests.map(({ file_name }) => file_name).join(', '),
          where: '`/etc/assisted/extra-manifests`',
        },
      ];

/** What is set, and where it will be on the host: from the rows that docs/architecture.md is written from. */
export const landingsOf = (draft: Draft): readonly Landed[] =>
  [
    ...shown.map(([field, label, show = (text: string) => text]): Landed => {
      const text = draft.texts[field];
      return { label, value: text === '' ? '' : show(text), where: whereOf(field) };
    }),
    ofHosts(draft),
    ...ofCluster(draft),
    ...ofManifests(draft),
  ].filter(({ value }) => value !== '');
