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
  /** MAC addresses by which it is found on site besides those of its network: the form shows none, and keeps them. */
  readonly otherMacs?: readonly string[];
};

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
export const onSite = ({ hostname, role, disk, otherMacs = [] }: HostDraft) => ({ hostname, role, disk, otherMacs });

/** The parts of a comma-separated text. */
export const partsOf = (text: string): readonly string[] =>
  text
    .split(/[,\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
