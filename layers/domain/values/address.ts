import ipaddr from 'ipaddr.js';

export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;

// The look before each parse matters: ipaddr.js finds out by throwing, and lists may have very many names.
const parseIpv4 = (text: string): IpAddress | undefined =>
  /^[\d.]+$/.test(text) && ipaddr.IPv4.isValidFourPartDecimal(text) ? ipaddr.IPv4.parse(text) : undefined;

const parseIpv6 = (text: string): IpAddress | undefined => {
  if (!text.includes(':') || text.includes('%') || text.length > 45) return undefined;
  const embedded = /:([^:]*\.[^:]*)$/.exec(text)?.[1];
  if (embedded !== undefined && !ipaddr.IPv4.isValidFourPartDecimal(embedded)) return undefined;
  if (!ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
};

/**
 * Reads an address as Go does: four decimal parts without leading zeros, or IPv6 without a zone. An IPv4 address in
 * IPv6 clothes (`::ffff:a.b.c.d`) is the IPv4 address. Neither prefix lengths nor brackets are parsed.
 */
export const parseAddress = (text: string): IpAddress | undefined => parseIpv4(text) ?? parseIpv6(text);

export const isAddress = (text: string): boolean => parseAddress(text) !== undefined;

/** An address with a prefix length behind a slash; bits beyond the prefix may be set. */
export const isCidr = (text: string): boolean => {
  const [, address = '', bits = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  if (!isAddress(address)) return false;
  return Number(bits) <= (address.includes(':') ? 128 : 32);
};
