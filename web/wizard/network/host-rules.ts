import { isAddress, isCidr } from '#domain/values/address.ts';
import { macAddressPattern } from '#domain/values/mac-address.ts';
import { hintProblem } from './disk-hints.ts';
import { type HostDraft, type HostField, partsOf } from './host-draft.ts';

type Rule = (text: string) => string | undefined;

const each =
  (isGood: (part: string) => boolean, wanted: string): Rule =>
  (text) => {
    const wrong = partsOf(text).find((part) => !isGood(part));
    return wrong === undefined ? undefined : `${wrong} is not ${wanted}`;
  };

const mac = each((text) => macAddressPattern.test(text), 'a MAC address, e.g. 52:54:00:12:34:56');
const address = each(isAddress, 'an IPv4 or IPv6 address');
const isVlan = (text: string): boolean => /^[1-9]\d{0,3}$/.test(text) && Number(text) <= 4094;

// Whether all of a network is good is for the domain's rules, which judge what is made of the fields.
const rules: Partial<Record<HostField, Rule>> = {
  mac: (text) => (text === '' ? 'the host is found by it' : mac(text)),
  address: each(isCidr, 'an address with a prefix length, e.g. 192.0.2.10/24'),
  gateway: address,
  dns: address,
  vlan: (text) => (text === '' || isVlan(text) ? undefined : 'a VLAN has a number from 1 to 4094'),
  bond_mac: mac,
  disk: hintProblem,
};

/** What is wrong with the fields of a host; what is stored already and nobody has changed is for the service to judge. */
export const hostProblems = (host: HostDraft): Partial<Record<HostField, string>> => {
  const judged = Object.entries(rules)
    .filter(([field]) => host.yaml === undefined || field === 'disk')
    .filter(([field]) => host[field as HostField] !== host.stored?.shown[field as HostField]);
  const found = judged.flatMap(([field, rule]) => {
    const problem = rule(host[field as HostField]);
    return problem === undefined ? [] : [[field, problem]];
  });
  return Object.fromEntries(found);
};
