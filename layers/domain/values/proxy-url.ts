import { isAddress, isDnsName, parseAddress } from './address.ts';
import { excerpt } from './printable.ts';

/** As in the assisted-service API's URL check. */
const longestUrl = 2083;

/**
 * RFC 3986 without the apostrophe, the one quote in its alphabet. What is not in it (spaces, quotes, backslashes, line
 * ends) stays percent-encoded, so nothing can leave a line of a systemd unit or a quoted string of a shell or of YAML.
 */
const pattern = (() => {
  const encodedOr = (characters: string) => `(?:[\\w.~!$&()*+,;=${characters}-]|%[0-9a-f]{2})*`;
  const host = '\\[(?<ipv6>[0-9a-f:.]+)\\]|(?<name>[\\w.-]+)';
  return new RegExp(
    `^(?:(?<scheme>[a-z][a-z0-9+.-]*)://)?(?:${encodedOr(':')}@)?(?:${host})(?::(?<port>\\d{1,5}))?` +
      `(?:/${encodedOr(':@/')})?(?:\\?${encodedOr(':@/?')})?(?:#${encodedOr(':@/?')})?$`,
    'i',
  );
})();

const isPort = (port: string | undefined): boolean =>
  port === undefined || (Number(port) >= 1 && Number(port) <= 65535);

const isHost = (name: string | undefined, ipv6: string | undefined): boolean => {
  if (ipv6 !== undefined) return ipv6.includes(':') && isAddress(ipv6);
  if (name === undefined) return false;
  return /^[\d.]+$/.test(name) ? parseAddress(name) !== undefined : isDnsName(name);
};

interface ProxyUrl {
  /** Lower case; undefined when the text names none. */
  readonly scheme: string | undefined;
}

/** Reads the text as a URL whose scheme may be missing; undefined when it is none. A bare word is none either. */
export const parseProxyUrl = (text: string): ProxyUrl | undefined => {
  const { scheme, name, ipv6, port } = (text.length <= longestUrl ? pattern.exec(text)?.groups : undefined) ?? {};
  if (!isHost(name, ipv6) || !isPort(port)) return undefined;
  const isBareWord = scheme === undefined && port === undefined && name !== undefined && !name.includes('.');
  return isBareWord ? undefined : { scheme: scheme?.toLowerCase() };
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
