import { type IpAddress, isCidr, parseAddress } from './address.ts';

export type Family = 'IPv4' | 'IPv6';

/** An address with a prefix length; bits beyond the prefix may be set. */
export interface Cidr {
  readonly text: string;
  readonly family: Family;
  readonly address: IpAddress;
  readonly prefix: number;
  readonly bits: 32 | 128;
}

const familyOfAddress = (address: IpAddress): Family => (address.kind() === 'ipv4' ? 'IPv4' : 'IPv6');

/** Reads `address/prefix`; undefined for anything else and for IPv4 in IPv6 clothes, whose prefix would be ambiguous. */
export const parseCidr = (text: string): Cidr | undefined => {
  if (!isCidr(text)) return undefined;
  const slash = text.indexOf('/');
  const address = parseAddress(text.slice(0, slash));
  if (address === undefined) return undefined;
  const family = familyOfAddress(address);
  if ((family === 'IPv6') !== text.includes(':')) return undefined;
  return { text, family, address, prefix: Number(text.slice(slash + 1)), bits: family === 'IPv4' ? 32 : 128 };
};

/** The family of an address or a CIDR; undefined for other texts. */
export const familyOf = (text: string): Family | undefined => {
  const address = parseAddress(text);
  return address === undefined ? parseCidr(text)?.family : familyOfAddress(address);
};

/** The one spelling under which an address is kept: IPv6 as in RFC 5952. Other texts are returned as they are. */
export const normalisedAddress = (text: string): string => {
  const address = parseAddress(text);
  if (address === undefined) return text;
  return 'toRFC5952String' in address ? address.toRFC5952String() : address.toString();
};

export const includes = ({ address, prefix }: Cidr, other: IpAddress): boolean =>
  address.kind() === other.kind() && other.match(address, prefix);

export const overlaps = (one: Cidr, other: Cidr): boolean =>
  includes(one, other.address) || includes(other, one.address);

/** Whether every bit of the address behind the prefix is the given one. */
const hostBitsAre = ({ address, prefix, bits }: Cidr, bit: 0 | 1): boolean => {
  const bytes = address.toByteArray();
  for (let position = prefix; position < bits; position += 1) {
    const byte = bytes[Math.floor(position / 8)] ?? 0;
    if (Math.floor(byte / 2 ** (7 - (position % 8))) % 2 !== bit) return false;
  }
  return true;
};

/** Whether the address is the network's own, with no bit set beyond the prefix. */
export const isNetworkAddress = (cidr: Cidr): boolean => hostBitsAre(cidr, 0);

/** Whether an address of the network is its broadcast address, which IPv4 alone has. */
export const isBroadcast = (cidr: Cidr, address: IpAddress): boolean =>
  cidr.family === 'IPv4' && includes(cidr, address) && hostBitsAre({ ...cidr, address }, 1);
