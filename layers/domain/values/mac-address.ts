/** Six octets in hexadecimal with colons between them, as the assisted-service API has it. */
export const macAddressPattern = /^([0-9A-Fa-f]{2}[:]){5}([0-9A-Fa-f]{2})$/;

/** The lowest bit of the first octet says that an address is that of a group, of which broadcast is one. */
const isGroup = (mac: string): boolean => Number.parseInt(mac.slice(0, 2), 16) % 2 === 1;

const isZero = (mac: string): boolean => /^[0:]+$/.test(mac);

/** Why no network card can have a MAC address: Linux gives none such an address (`is_valid_ether_addr`). */
export const macFault = (mac: string): string | undefined => {
  if (isZero(mac)) return 'an address of zeros, which no network card has';
  return isGroup(mac) ? 'the address of a group, which no network card has' : undefined;
};
