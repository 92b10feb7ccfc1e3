import type * as z from 'zod';
import { joinedBase64 } from '../values/base64.ts';
import { normalisedAddress } from '../values/cidr.ts';
import type { OlderParams } from './cluster-setting-row.ts';
import type {
  askedClusterNetworks,
  askedEndpoint,
  askedLoadBalancer,
  askedNetworks,
  askedOperators,
  askedVips,
} from './cluster-setting-shapes.ts';
import { normalisedOperators } from './operators.ts';

// What a request asks for, in the form in which it is kept: addresses and operators' names in their one spelling.

type Given<Schema extends z.ZodType> = z.infer<Schema> | null | undefined;

export const asItIs = <Value>(value: Value): Value => value;

const usualHostPrefix = { IPv4: 23, IPv6: 64 };

export const readClusterNetworks = (networks: Given<typeof askedClusterNetworks>) =>
  networks?.map(({ cidr, host_prefix }) => ({
    cidr: cidr ?? '',
    host_prefix: host_prefix ?? (cidr?.includes(':') ? usualHostPrefix.IPv6 : usualHostPrefix.IPv4),
  }));

export const readNetworks = (list: Given<typeof askedNetworks>) => list?.map(({ cidr }) => ({ cidr: cidr ?? '' }));

/** The list goes first where the older way of naming one network is given too. */
export const readMachineNetworks = (list: Given<typeof askedNetworks>, { machine_network_cidr: cidr }: OlderParams) => {
  if (list || cidr === undefined || cidr === null) return readNetworks(list);
  return cidr === '' ? [] : [{ cidr }];
};

export const readVips = (list: Given<typeof askedVips>) => list?.map(({ ip }) => ({ ip: normalisedAddress(ip ?? '') }));

/** Without a type nothing is asked for. */
export const readLoadBalancer = (given: Given<typeof askedLoadBalancer>) => (given?.type ? given : undefined);

export const readOperators = (given: Given<typeof askedOperators>) =>
  given && normalisedOperators(given.map((operator) => ({ ...operator, name: operator.name ?? '' })));

export const readEndpoint = (given: Given<typeof askedEndpoint>) =>
  given?.ca_certificate ? { ...given, ca_certificate: joinedBase64(given.ca_certificate) } : given;
