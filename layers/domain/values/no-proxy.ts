import { invalid } from '../errors.ts';
import { isAddress, isCidr } from './address.ts';
import { excerpt } from './printable.ts';
import { withoutCredentials } from './proxy-url.ts';

/** Characters. Linux starts no program with a variable of more than 128 KiB, and the hosts' own addresses are added. */
const longestList = 64 * 1024;

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';

/** As the installer of the cluster takes it (RFC 1123), which is stricter than the service on site. */
const domain = new RegExp(`^\\.?${label}(?:\\.${label})*\\.?$`, 'i');

const isDomain = (entry: string): boolean => entry.length <= 253 && domain.test(entry);
const isWildcard = (entry: string): boolean => entry === '*' || (entry.startsWith('*.') && isDomain(entry.slice(1)));
const isEntry = (entry: string): boolean => isAddress(entry) || isCidr(entry) || isDomain(entry);

/** A whole URL may have been put here by mistake, with its credentials. */
const shownEntry = (entry: string): string => (/@|:\/\//.test(entry) ? withoutCredentials(entry) : excerpt(entry));

const checkEntry = (entry: string, isValid: (entry: string) => boolean): void => {
  if (isValid(entry)) return;
  throw invalid(
    'NO Proxy is a comma-separated list of destination domain names, domains, IP addresses or other network CIDRs. ' +
      "A domain can be prefaced with '.' to include all subdomains of that domain. Use '*' to bypass proxy for all " +
      `destinations with OpenShift 4.8 or later.: ${shownEntry(entry)} is not a valid no_proxy entry`,
  );
};

/**
 * Checks a list of what is reached without a proxy (assisted-service API). A list with a `*` may be untidy, as there: it
 * comes to its readers in order.
 *
 * @throws InvalidInput
 */
export const checkNoProxy = (list: string): void => {
  if (list.length > longestList) throw invalid(`no_proxy is longer than ${longestList} characters`);
  const isLenient = list.includes('*');
  const seen = new Set<string>();
  for (const entry of list.split(',')) {
    checkEntry(entry, (text) => isEntry(text) || (isLenient && (text === '' || isWildcard(text))));
    if (seen.has(entry) && !isLenient) throw invalid(`duplicate no_proxy entry defined: ${entry}`);
    seen.add(entry);
  }
};

/**
 * The entries of a checked list as every reader takes them, each once, in the user's order: in lower case, a domain without
 * a `*` in front, and nothing beside a `*` alone, which means everything.
 */
export const noProxyEntries = (list: string): readonly string[] => {
  const entries = list
    .toLowerCase()
    .split(',')
    .map((entry) => (entry.startsWith('*.') ? entry.slice(1) : entry))
    .filter((entry) => entry !== '');
  return entries.includes('*') ? ['*'] : [...new Set(entries)];
};
