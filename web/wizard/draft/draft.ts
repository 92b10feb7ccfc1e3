import type { ManifestDraft } from '../manifests/manifest-draft.ts';
import type { HostDraft } from '../network/host-draft.ts';

/** What is asked for as one text each, by its name in the API. Empty: not set. */
export const textFields = [
  'name',
  'openshift_version',
  'cpu_architecture',
  'pull_secret',
  'ssh_authorized_key',
  'rendezvous_ip',
  'network_discovery_delay_seconds',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'additional_ntp_sources',
  'ntp_sources',
  'additional_trust_bundle',
  'installation',
  'base_dns_domain',
  'api_vips',
  'ingress_vips',
  'machine_networks',
  'control_plane_count',
  'worker_count',
  'olm_operators',
  'allow_reinstall',
  'site_settings',
  'kernel_arguments',
  'ignition_config_override',
  'install_config_overrides',
] as const;
export type TextField = (typeof textFields)[number];

/** Where a problem can be shown; `host <n>` is one of the hosts, from 0. */
export type Field = TextField | 'static_network_config' | `host ${number}` | 'manifests';

/** An ISO as somebody has described it so far. */
export interface Draft {
  readonly texts: Readonly<Record<TextField, string>>;
  /** Without any, all hosts get their addresses on the network. */
  readonly hosts: readonly HostDraft[];
  /** What the installation adds to the cluster. */
  readonly manifests: readonly ManifestDraft[];
}

const noTexts = Object.fromEntries(textFields.map((field) => [field, ''])) as Draft['texts'];

export const emptyDraft: Draft = { texts: { ...noTexts, cpu_architecture: 'x86_64' }, hosts: [], manifests: [] };

/** Whether the installation begins without anybody. */
export const isUnattended = ({ texts }: Draft): boolean => texts.installation === 'unattended';

/** Whether somebody installs by hand on site, so that nothing of the cluster is asked for here. */
export const isInteractive = ({ texts }: Draft): boolean => texts.installation === '';
