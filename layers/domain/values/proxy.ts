import { invalid } from '../errors.ts';
import { isAddress, isCidr, isDnsName } from './address.ts';
import { excerpt } from './printable.ts';
import { parseProxyUrl, withoutCredentials } from './proxy-url.ts';

/** Absent and empty members are not set. */
export interface Proxy {
  readonly http_proxy?: string | null | undefined;
  readonly https_proxy?: string | null | undefined;
  readonly no_proxy?: string | null | undefined;
}

interface Kind {
  readonly label: string;
  readonly schemes: readonly string[];
}

const checkUrl = (url: string, { label, schemes }: Kind): void => {
  const parsed = parseProxyUrl(url);
  const shown = `'${withoutCredentials(url)}'`;
  if (!parsed) throw invalid(`Failed to validate ${label} Proxy: Proxy URL format is not valid: ${shown}`);
  if (parsed.scheme === undefined || !schemes.includes(parsed.scheme)) {
    throw invalid(
      `Failed to validate ${label} Proxy: The URL scheme must be ${schemes.join(' or ')} and specified in the URL: ${shown}`,
    );
  }
};

const isNoProxyEntry = (entry: string): boolean => {
  const name = entry.startsWith('.') ? entry.slice(1) : entry;
  return isAddress(name) || isCidr(name) || isDnsName(name);
};

/** A list with `*` anywhere is not looked into by the assisted-service API; here it keeps to harmless characters. */
const isWildcardEntry = (entry: string): boolean => /^[\w.:/*-]*$/.test(entry);

/** A whole URL may have been put here by mistake, with its credentials. */
const shownEntry = (entry: string): string => (/@|:\/\//.test(entry) ? withoutCredentials(entry) : excerpt(entry));

const checkNoProxy = (list: string): void => {
  const isValid = list.includes('*') ? isWildcardEntry : isNoProxyEntry;
  const seen = new Set<string>();
  for (const entry of list.split(',')) {
    if (!isValid(entry)) {
      throw invalid(
        'NO Proxy is a comma-separated list of destination domain names, domains, IP addresses or other network CIDRs. ' +
          "A domain can be prefaced with '.' to include all subdomains of that domain. Use '*' to bypass proxy for all " +
          `destinations with OpenShift 4.8 or later.: ${shownEntry(entry)} is not a valid no_proxy entry`,
      );
    }
    if (seen.has(entry) && !list.includes('*')) throw invalid(`duplicate no_proxy entry defined: ${entry}`);
    seen.add(entry);
  }
};

/**
 * Checks proxy settings (assisted-service API). Stricter than the original where a value could break out of a systemd
 * unit or a YAML string. Messages hold no credentials.
 *
 * @throws InvalidInput
 */
export const checkProxy = ({ http_proxy, https_proxy, no_proxy }: Proxy): void => {
  if (http_proxy) checkUrl(http_proxy, { label: 'HTTP', schemes: ['http'] });
  if (https_proxy) checkUrl(https_proxy, { label: 'HTTPS', schemes: ['http', 'https'] });
  if (no_proxy) checkNoProxy(no_proxy);
};
