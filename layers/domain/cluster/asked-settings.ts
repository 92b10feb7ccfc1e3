import type * as z from 'zod';
import { joinedBase64 } from '../values/base64.ts';
import { normalisedAddress } from '../values/cidr.ts';
import {
  type ClusterCreateParams,
  type ClusterSettings,
  type ClusterUpdateParams,
  clusterSettings,
} from './cluster-settings.ts';
import { normalisedOperators } from './operators.ts';

const partialSettings = clusterSettings.exactPartial();

/** What a caller asks for in the stored form: absent keys are not asked for, an empty text asks for none. */
export type AskedSettings = z.infer<typeof partialSettings>;

type Params = ClusterCreateParams | ClusterUpdateParams;

/** Recursive: for values whose depth a schema has bounded. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
  return Object.fromEntries(present.map(([key, member]) => [key, withoutNulls(member)]));
};

const usualHostPrefix = { IPv4: 23, IPv6: 64 };

const clusterNetworks = (networks: Params['cluster_networks']) =>
  networks?.map(({ cidr, host_prefix }) => ({
    cidr: cidr ?? '',
    host_prefix: host_prefix ?? (cidr?.includes(':') ? usualHostPrefix.IPv6 : usualHostPrefix.IPv4),
  }));

const networks = (list: Params['machine_networks']) => list?.map(({ cidr }) => ({ cidr: cidr ?? '' }));

const vips = (list: Params['api_vips']) => list?.map(({ ip }) => ({ ip: normalisedAddress(ip ?? '') }));

/** The older way of naming one machine network; the list goes first where both are given. */
const machineNetworks = (params: Params) => {
  const cidr = 'machine_network_cidr' in params ? params.machine_network_cidr : undefined;
  if (params.machine_networks || cidr === undefined || cidr === null) return networks(params.machine_networks);
  return cidr === '' ? [] : [{ cidr }];
};

/** Without a type nothing is asked for. */
const loadBalancer = ({ load_balancer: given }: Params) => (given?.type ? given : undefined);

const operators = ({ olm_operators: given }: Params) =>
  given && normalisedOperators(given.map((operator) => ({ ...operator, name: operator.name ?? '' })));

const endpoint = ({ ignition_endpoint: given }: Params) =>
  given?.ca_certificate ? { ...given, ca_certificate: joinedBase64(given.ca_certificate) } : given;

/** Reads the settings of a request: nulls dropped, addresses and operators' names in their one spelling. */
export const askedSettings = (params: Params): AskedSettings =>
  partialSettings.parse(
    withoutNulls({
      ...params,
      cluster_networks: clusterNetworks(params.cluster_networks),
      service_networks: networks(params.service_networks),
      machine_networks: machineNetworks(params),
      api_vips: vips(params.api_vips),
      ingress_vips: vips(params.ingress_vips),
      ignition_endpoint: endpoint(params),
      load_balancer: loadBalancer(params),
      olm_operators: operators(params),
    }),
  );

const withoutEmptyTexts = (settings: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''));

const merged = (current: object | undefined, asked: object | undefined): object | undefined => {
  const members = withoutEmptyTexts({ ...current, ...asked });
  return Object.keys(members).length === 0 ? undefined : members;
};

/** Lays what is asked for over what is there: an absent key keeps, an empty text clears. */
export const overlaid = (current: AskedSettings, asked: AskedSettings): AskedSettings =>
  partialSettings.parse(
    withoutNulls({
      ...withoutEmptyTexts({ ...current, ...asked }),
      disk_encryption: merged(current.disk_encryption, asked.disk_encryption),
      ignition_endpoint: merged(current.ignition_endpoint, asked.ignition_endpoint),
    }),
  );

/** The settings of a cluster of which nothing is known. */
export const emptySettings = (): ClusterSettings => ({
  cluster_networks: [],
  service_networks: [],
  machine_networks: [],
  api_vips: [],
  ingress_vips: [],
  olm_operators: [],
  operator_bundles: [],
});
