import { entriesOf } from '../../values/json.ts';
import { excerpt } from '../../values/printable.ts';
import type { Site } from '../site.ts';
import { belongingFaults } from './belonging-faults.ts';
import { type Fault, fault, faultIf } from './fault.ts';
import { networkFaults } from './network-faults.ts';
import { place } from './override-members.ts';

type Settings = Site['cluster']['settings'];
type Members = ReadonlyMap<string, unknown>;

/** openshift-install passes over an empty list. */
const listAt = (members: Members, key: string): readonly unknown[] | undefined => {
  const list = members.get(key);
  return Array.isArray(list) && list.length > 0 ? list : undefined;
};

const cidrOf = (entry: unknown): string => String(entriesOf(entry)?.get('cidr'));

const toClusterNetwork = (entry: unknown): Settings['cluster_networks'][number] => ({
  cidr: cidrOf(entry),
  host_prefix: Number(entriesOf(entry)?.get('hostPrefix') ?? 0),
});

/** The settings with the networks that the cluster gets: a list of the overrides takes the place of a setting's. */
const overridden = (settings: Settings, networking: Members): Settings => ({
  ...settings,
  cluster_networks: listAt(networking, 'clusterNetwork')?.map(toClusterNetwork) ?? settings.cluster_networks,
  service_networks:
    listAt(networking, 'serviceNetwork')?.map((cidr) => ({ cidr: String(cidr) })) ?? settings.service_networks,
  machine_networks:
    listAt(networking, 'machineNetwork')?.map((entry) => ({ cidr: cidrOf(entry) })) ?? settings.machine_networks,
});

const typeFaults = ({ network_type }: Settings, type: unknown): readonly Fault[] =>
  faultIf(
    typeof type === 'string' && type !== '' && type !== 'OVNKubernetes' && type !== network_type,
    place('networking', 'networkType'),
    `${excerpt(String(type))} is not in the ISO: only OVNKubernetes is`,
  );

/** Overridden networks are judged as those of the settings are; what is said of these already is not said again. */
export const networkingFaults = (site: Site, networking: unknown): readonly Fault[] => {
  const members = entriesOf(networking);
  if (members === undefined) return [];
  const { settings } = site.cluster;
  const installed = { ...site, cluster: { ...site.cluster, settings: overridden(settings, members) } };
  const [known, found] = [site, installed].map((one) => [...networkFaults(one), ...belongingFaults(one)]);
  const isKnown = ({ field, problem }: Fault) =>
    known?.some((other) => other.field === field && other.problem === problem);
  return [
    ...typeFaults(settings, members.get('networkType')),
    ...(found ?? [])
      .filter((each) => !isKnown(each))
      .map(({ field, problem }) => fault(place('networking'), `instead of the settings, of ${field}: ${problem}`)),
  ];
};
