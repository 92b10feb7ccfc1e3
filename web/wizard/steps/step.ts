import type { ComponentType } from 'react';
import type { Draft, Field } from '../draft/draft.ts';
import { Access } from './access.tsx';
import { Advanced } from './advanced.tsx';
import { Installation } from './installation.tsx';
import { Network } from './network.tsx';
import { Release } from './release.tsx';
import { Services } from './services.tsx';

export interface Step {
  readonly id: string;
  readonly name: string;
  readonly Content: ComponentType;
  /** Where problems of this step are shown. */
  readonly fields: (draft: Draft) => readonly Field[];
}

/** Every step but the first two can be skipped: what they ask for is not needed everywhere. */
export const steps: readonly Step[] = [
  {
    id: 'step-release',
    name: 'Release',
    Content: Release,
    fields: () => ['name', 'openshift_version', 'cpu_architecture'],
  },
  { id: 'step-access', name: 'Access', Content: Access, fields: () => ['pull_secret', 'ssh_authorized_key'] },
  {
    id: 'step-network',
    name: 'Network',
    Content: Network,
    fields: ({ hosts }) => [
      'static_network_config',
      ...hosts.map((_, at) => `host ${at}` as const),
      'rendezvous_ip',
      'network_discovery_delay_seconds',
    ],
  },
  {
    id: 'step-services',
    name: 'Services',
    Content: Services,
    fields: () => [
      'http_proxy',
      'https_proxy',
      'no_proxy',
      'additional_ntp_sources',
      'ntp_sources',
      'additional_trust_bundle',
    ],
  },
  {
    id: 'step-installation',
    name: 'Cluster and installation',
    Content: Installation,
    fields: () => [
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
    ],
  },
  {
    id: 'step-advanced',
    name: 'Advanced',
    Content: Advanced,
    fields: () => ['kernel_arguments', 'ignition_config_override', 'install_config_overrides', 'manifests'],
  },
];

/** The step that shows a field. */
export const stepOf = (field: Field, draft: Draft): Step | undefined =>
  steps.find(({ fields }) => fields(draft).includes(field));
