import { entriesOf } from '../values/json.ts';

type Entries = ReadonlyMap<string, unknown>;

interface Kind {
  readonly isMeant: (entries: Entries) => boolean;
  /** What the document is, and what of it belongs here. */
  readonly name: string;
}

const kindOf = (entries: Entries): string => String(entries.get('kind')).toLowerCase();
const isMapping = (value: unknown): boolean => entriesOf(value) !== undefined;
const netplanMembers = ['version', 'renderer', 'ethernets', 'bonds', 'bridges', 'vlans', 'wifis'];

const isNetplan = (entries: Entries): boolean =>
  netplanMembers.some((name) => entriesOf(entries.get('network'))?.has(name) ?? false);

/** Documents that people have at hand beside NMState's own. First match wins. */
const kinds: readonly Kind[] = [
  {
    isMeant: (entries) => kindOf(entries) === 'nmstateconfig',
    name: 'an NMStateConfig: what belongs here is its spec.config, and its spec.interfaces in mac_interface_map',
  },
  {
    isMeant: (entries) => kindOf(entries) === 'nodenetworkconfigurationpolicy',
    name: 'a NodeNetworkConfigurationPolicy: what belongs here is its spec.desiredState',
  },
  {
    isMeant: (entries) =>
      ['agentconfig', 'installconfig'].includes(kindOf(entries)) || isMapping(entries.get('networkConfig')),
    name: 'a part of agent-config.yaml or install-config.yaml: what belongs here is the networkConfig of one host',
  },
  {
    isMeant: (entries) => entries.has('kind') && entries.has('apiVersion'),
    name: 'a Kubernetes object: what belongs here is an NMState document alone',
  },
  {
    isMeant: (entries) => isMapping(entries.get('desiredState')) || isMapping(entries.get('desired')),
    name: 'an NMState policy: what belongs here is its desired state',
  },
  {
    isMeant: isNetplan,
    name: "a netplan configuration: what belongs here is NMState's, which begins with `interfaces:`",
  },
  {
    isMeant: (entries) => entries.has('network_yaml'),
    name: 'an entry of static_network_config: what belongs here is its network_yaml',
  },
];

const nameOf = (document: unknown): string | undefined => {
  if (Array.isArray(document)) return 'a list: what belongs here is a mapping, with the list below `interfaces:`';
  if (typeof document === 'string' && /^\s*[[{]|\n/.test(document)) {
    return 'a text in quotes: what belongs here is the document itself, not its JSON or YAML as a text';
  }
  const entries = entriesOf(document);
  return entries && !entries.has('interfaces') ? kinds.find(({ isMeant }) => isMeant(entries))?.name : undefined;
};

/** What a document is instead of an NMState one, with what to do; undefined where it may be one. */
export const otherKindOf = (document: unknown): string | undefined => {
  const name = nameOf(document);
  return name === undefined ? undefined : `it is not an NMState document but ${name}`;
};
