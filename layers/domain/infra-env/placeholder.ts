import { readNetwork } from './network-yaml.ts';

interface Network {
  readonly network_yaml: string;
  readonly mac_interface_map: readonly { readonly mac_address: string }[];
}

/**
 * What the assisted-installer web UI sends for a host that nobody has described yet, for IPv4 and IPv6. No card has such an
 * address: its first octet makes it a group's.
 */
const placeholderMac = /^01:23:45:67:89:a[bc]$/i;

type Gap = string | undefined;

const macGap = ({ mac_interface_map: map }: Network): Gap =>
  map.some(({ mac_address }) => placeholderMac.test(mac_address)) ? 'its MAC address is a placeholder' : undefined;

const addressGap = (network: Network): Gap =>
  (readNetwork(network).interfaces ?? [])
    .flatMap(({ staticAddresses }) => staticAddresses)
    .some((address) => address.range() === 'unspecified')
    ? 'its address is not specified'
    : undefined;

/** What the user has still to say of a host; undefined for one that can be configured. */
export const gapOf = (network: Network): Gap => macGap(network) ?? addressGap(network);

/** Whether a host is there for the sake of a client that fills it in step by step: no ignition has it. */
export const isPlaceholder = (network: Network): boolean => gapOf(network) !== undefined;
