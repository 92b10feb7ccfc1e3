import type * as z from 'zod';
import { invalid, isFailure } from '../errors.ts';
import { checkProxy } from '../values/proxy.ts';
import { checkSshKeys, holdsPrivateKey, privateKeyGiven } from '../values/ssh-key.ts';
import { checkKernelArguments } from './kernel-arguments.ts';
import type { Change } from './setting-row.ts';
import {
  type askedHosts,
  type askedProxy,
  type kernelArguments,
  shownText,
  type storedHosts,
  type storedProxy,
  text,
} from './setting-shapes.ts';
import { checkStaticNetwork } from './static-network.ts';

// What a request makes of the value of one setting; undefined clears it. @throws InvalidInput

/** An empty text clears. @param check gives the text in the form that is kept */
const changedText =
  (check: (text: string) => string) =>
  (asked: string): string | undefined =>
    asked === '' ? undefined : check(asked);

export const asItIs = <Value>(value: Value): Value => value;

/** What the rows of texts have alike. */
export const textSetting = (check: (text: string) => string, shape = text) => ({
  asked: shape,
  stored: shape,
  change: changedText(check),
  answer: shownText,
});

/** On registration the assisted-service API gives no details; of a key that nobody else should see we do. */
const registrationFault = (asked: string) =>
  invalid(holdsPrivateKey(asked) ? `SSH key is not valid: ${privateKeyGiven}` : 'SSH key is not valid');

export const changedSshKeys = (asked: string, { call }: Pick<Change<string>, 'call'>): string | undefined => {
  try {
    return changedText(checkSshKeys)(asked);
  } catch (error) {
    throw call === 'registration' && isFailure(error, 'InvalidInput') ? registrationFault(asked) : error;
  }
};

type StoredProxy = z.infer<typeof storedProxy>;

/** Each member on its own: absent keeps, empty clears. */
export const changedProxy = (
  asked: z.infer<typeof askedProxy>,
  { before }: Pick<Change<StoredProxy>, 'before'>,
): StoredProxy | undefined => {
  checkProxy(asked);
  const given = Object.entries(asked).filter(([, value]) => value !== null && value !== undefined);
  const members = Object.entries({ ...before, ...Object.fromEntries(given) }).filter(([, value]) => value !== '');
  return members.length === 0 ? undefined : Object.fromEntries(members);
};

type KernelArguments = z.infer<typeof kernelArguments>;

export const changedKernelArguments = (asked: KernelArguments): KernelArguments | undefined => {
  checkKernelArguments(asked);
  return asked.length === 0 ? undefined : asked;
};

type AskedHost = z.infer<typeof askedHosts>[number];
type StoredHosts = z.infer<typeof storedHosts>;

const toHost = ({ network_yaml, mac_interface_map }: AskedHost): StoredHosts[number] => ({
  network_yaml: network_yaml ?? '',
  mac_interface_map: (mac_interface_map ?? []).map(({ mac_address, logical_nic_name }) => ({
    mac_address,
    logical_nic_name: logical_nic_name ?? '',
  })),
});

export const changedHosts = (asked: readonly AskedHost[]): StoredHosts | undefined => {
  const hosts = asked.map(toHost);
  checkStaticNetwork(hosts);
  return hosts.length === 0 ? undefined : hosts;
};
