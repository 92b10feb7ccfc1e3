import type * as z from 'zod';
import type { infraEnvAnswer } from '#contract/infra-env-answer.ts';
import type { HostNetwork } from '#domain/infra-env/static-network.ts';

export type SiteHost = NonNullable<z.input<typeof infraEnvAnswer>['hosts']>[number];

/** The usual of one host, each as a text; lists are comma-separated. */
export const hostFields = [
  'hostname',
  'role',
  'mac',
  'address',
  'gateway',
  'dns',
  'vlan',
  'bond_mac',
  'bond_mode',
  'disk',
] as const;
export type HostField = (typeof hostFields)[number];

/** One host: in the fields of the form, or as the YAML of nmstate where that says more than the form can. */
export type HostDraft = Readonly<Record<HostField, string>> & {
  /** In place of what the fields say of the network. */
  readonly yaml?: { readonly text: string; readonly macs: string };
  /** Of a host that the service has already. */
  readonly stored?: StoredHost;
};

/** What the service has of a host, which may be more than the form shows. */
interface StoredHost {
  /** Absent: it gets its address by DHCP. */
  readonly network?: HostNetwork;
  readonly site?: SiteHost;
  /** Of `site` among the hosts, from 0. */
  readonly place?: number;
  /** The host as the form showed it before anybody changed it. */
  readonly shown: HostDraft;
}

/** What a view of one host gets. */
export interface HostProps {
  /** Its number, from 0. */
  readonly at: number;
  readonly host: HostDraft;
  readonly change: (host: HostDraft) => void;
}

export const emptyHost: HostDraft = {
  hostname: '',
  role: '',
  mac: '',
  address: '',
  gateway: '',
  dns: '',
  vlan: '',
  bond_mac: '',
  bond_mode: '',
  disk: '',
};

/** What a view of its network alone has to leave as it is. */
export const besidesNetwork = ({ hostname, role, disk, stored }: HostDraft) => ({
  hostname,
  role,
  disk,
  ...(stored && { stored }),
});

/** The parts of a comma-separated text. */
export const partsOf = (text: string): readonly string[] =>
  text
    .split(/[,\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
