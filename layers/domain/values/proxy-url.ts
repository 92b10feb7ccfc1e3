import { type IpAddress, parseAddress } from './address.ts';
import { excerpt } from './printable.ts';

/** As in the assisted-service API's URL check. */
const longestUrl = 2083;

/** Encoded control characters aside, for which curl takes no URL. */
const encodedOr = (characters: string): string => `(?:[\\w.~!$&()*+,;=${characters}-]|%(?!7f)[2-9a-f][0-9a-f])*`;

const credentialPattern = encodedOr(':');

/**
 * RFC 3986 without the apostrophe, the one quote in its alphabet. What is not in it (spaces, quotes, backslashes, line
 * ends) stays percent-encoded, so nothing can leave a line of a systemd unit or a quoted string of a shell or of YAML. An
 * `@` has its place behind the credentials alone: further on, it means that a raw slash cut a password in two. Nor has a
 * fragment one right behind the host, for Go's request URIs.
 */
const pattern = (() => {
  const [path, query] = [encodedOr(':/'), encodedOr(':/?')];
  const host = '\\[(?<ipv6>[0-9a-f:.]+)\\]|(?<name>[\\w.-]+)';
  return new RegExp(
    `^(?:(?<scheme>[a-z][a-z0-9+.-]*)://)?(?:${credentialPattern}@)?(?:${host})(?::(?<port>\\d{1,5}))?` +
      `(?:(?:/${path}(?:\\?${query})?|\\?${query})(?:#${query})?)?$`,
    'i',
  );
})();

const credentialsAlone = new RegExp(`^${credentialPattern}$`, 'i');

const isPort = (port: string | undefined): boolean =>
  port === undefined || (Number(port) >= 1 && Number(port) <= 65535);

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';

/**
 * A name as the assisted-service's URL check takes it (govalidator's): no label ends in a hyphen, a domain in two letters or
 * digits, and the first label alone may have underscores. Some names that it takes besides are left out.
 */
const hostName = (() => {
  const [several, last] = ['[a-z0-9][a-z0-9-]*[a-z0-9]', '(?:[a-z0-9][a-z0-9-]*)?[a-z0-9]{2}'];
  const domains = [`[a-z0-9][\\w-]*[a-z0-9](?:\\.${label})*\\.${last}`, `[a-z0-9](?:\\.${several})*\\.[a-z]{2,}`];
  return new RegExp(`^(?:${[label, ...domains].join('|')})\\.?$`, 'i');
})();

const isName = (name: string): boolean =>
  name.length <= 255 &&
  name.split('.').every(({ length }) => length <= 63) &&
  hostName.test(name) &&
  !name.includes('---');

/** Nor does that check take an IPv4 address outside of 1.0.0.0 to 223.255.255.255, where no host is. */
const isHostAddress = (text: string): boolean => {
  const first = Number(text.split('.')[0]);
  return parseAddress(text) !== undefined && first >= 1 && first <= 223;
};

const isHost = (name: string | undefined, ipv6: string | undefined): boolean => {
  if (ipv6 !== undefined) return ipv6.includes(':') && parseAddress(ipv6) !== undefined;
  if (name === undefined) return false;
  return /^[\d.]+$/.test(name) ? isHostAddress(name) : isName(name);
};

interface ProxyUrl {
  /** Lower case; undefined when the text names none. */
  readonly scheme: string | undefined;
  /** undefined when the host has a name. */
  readonly address: IpAddress | undefined;
}

/** Reads the text as a URL whose scheme may be missing; undefined when it is none. A bare word is none either. */
export const parseProxyUrl = (text: string): ProxyUrl | undefined => {
  const { scheme, name, ipv6, port } = (text.length <= longestUrl ? pattern.exec(text)?.groups : undefined) ?? {};
  if (!isHost(name, ipv6) || !isPort(port)) return undefined;
  const isBareWord = scheme === undefined && port === undefined && name !== undefined && !name.includes('.');
  return isBareWord ? undefined : { scheme: scheme?.toLowerCase(), address: parseAddress(ipv6 ?? name ?? '') };
};

/**
 * The text for a message, without credentials. Also of a text that is not a URL: whatever stands before the last `@`,
 * and what stands where a port belongs but is none, may be a password.
 */
export const withoutCredentials = (text: string): string => {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/is.exec(text) ?? [];
  const at = rest.lastIndexOf('@');
  const shown = at >= 0 ? `***@${rest.slice(at + 1)}` : rest.replace(/^([^:/[]*):(?!\d{1,5}(?:[/?#]|$)).*$/s, '$1:***');
  return excerpt(`${scheme}${shown}`);
};

/**
 * Whether what seems to be a user name and a password, all before the last `@`, has characters that belong there in
 * percent-encoding alone.
 */
export const hasRawCredentials = (text: string): boolean => {
  const credentials = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(.*)@/is.exec(text)?.[1];
  return credentials !== undefined && !credentialsAlone.test(credentials);
};

/** As every reader takes it: for some, a scheme in upper case is none. */
export const withLowerScheme = (url: string): string =>
  url.replace(/^[a-z][a-z0-9+.-]*(?=:\/\/)/i, (scheme) => scheme.toLowerCase());

const decoded = (text: string): string[] => {
  try {
    return [decodeURIComponent(text)];
  } catch {
    return [];
  }
};

/** What is secret in a proxy URL: the credentials before its `@` and their password, as given and percent-decoded. */
export const credentialsIn = (url: string): string[] => {
  const credentials = /^[^/]*\/\/([^/]*)@/.exec(url)?.[1];
  if (credentials === undefined) return [];
  const password = credentials.slice(credentials.indexOf(':') + 1);
  return [credentials, password, ...decoded(password)];
};
