import { parseAddress } from '../values/address.ts';
import type { InfraEnvSettings } from './infra-env-settings.ts';
import { gapOf, isPlaceholder } from './placeholder.ts';
import { allAddresses, shortened } from './static-network.ts';

/** The same settings with those hosts alone that can be configured: what is judged, and what an ISO is made of. */
export const withoutPlaceholders = (settings: InfraEnvSettings): InfraEnvSettings => {
  const { static_network_config: hosts = [], ...rest } = settings;
  const real = hosts.filter((host) => !isPlaceholder(host));
  return real.length === 0 ? rest : { ...settings, static_network_config: real };
};

const placeholderGaps = ({ static_network_config: hosts = [] }: InfraEnvSettings): readonly string[] =>
  hosts
    .map((network, host) => ({ host, gap: gapOf(network) }))
    .filter(({ gap }) => gap !== undefined)
    .map(({ host, gap }) => `static_network_config: host ${host} is left out, since ${gap}`);

/** Why no host would lead the installation; undefined when one does, or some host may still get the address. */
export const rendezvousGap = (settings: InfraEnvSettings): string | undefined => {
  const { rendezvous_ip: rendezvousIp, static_network_config: hosts = [] } = withoutPlaceholders(settings);
  const known = allAddresses(hosts)?.map(String);
  if (rendezvousIp === undefined || known === undefined || known.includes(String(parseAddress(rendezvousIp)))) {
    return undefined;
  }
  return `${rendezvousIp} is an address of none of the hosts in static_network_config`;
};

const rendezvousGaps = (settings: InfraEnvSettings): readonly string[] => {
  const gap = rendezvousGap(settings);
  return gap === undefined ? [] : [`rendezvous_ip: ${gap}`];
};

/**
 * What a person who fills in the settings step by step has still to say, in sentences for that person. No step is refused
 * for it; an ignition is made without it.
 */
export const missingSettings = (settings: InfraEnvSettings): readonly string[] =>
  shortened([...placeholderGaps(settings), ...rendezvousGaps(settings)]);
