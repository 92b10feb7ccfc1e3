import { invalid } from '../errors.ts';
import { checkNoProxy, noProxyEntries } from './no-proxy.ts';
import { hasRawCredentials, parseProxyUrl, withLowerScheme, withoutCredentials } from './proxy-url.ts';

/** Absent and empty members are not set. */
export interface ProxyMembers {
  readonly http_proxy?: string | null | undefined;
  readonly https_proxy?: string | null | undefined;
  readonly no_proxy?: string | null | undefined;
}

export type ReadableProxy = { readonly [Member in keyof ProxyMembers]?: string };

// Named as examples: which of them a password has is not told.
const encodingHint =
  ': a character in its user name or password must be percent-encoded, such as / (%2F), # (%23), ? (%3F), @ (%40), ' +
  '[ (%5B), \\ (%5C), % (%25) or a blank (%20)';

interface Kind {
  readonly label: string;
  readonly schemes: readonly string[];
}

const checkUrl = (url: string, { label, schemes }: Kind): void => {
  const parsed = parseProxyUrl(url);
  const shown = `'${withoutCredentials(url)}'`;
  if (!parsed) {
    const hint = hasRawCredentials(url) ? encodingHint : '';
    throw invalid(`Failed to validate ${label} Proxy: Proxy URL format is not valid: ${shown}${hint}`);
  }
  if (parsed.scheme === undefined || !schemes.includes(parsed.scheme)) {
    throw invalid(
      `Failed to validate ${label} Proxy: The URL scheme must be ${schemes.join(' or ')} and specified in the URL: ${shown}`,
    );
  }
};

/**
 * Checks proxy settings (assisted-service API), as strictly as whoever reads them last: the service on site and the
 * installer of the cluster. Stricter yet where a value could break out of a systemd unit or a YAML string. Messages hold no
 * credentials.
 *
 * @throws InvalidInput
 */
export const checkProxy = ({ http_proxy, https_proxy, no_proxy }: ProxyMembers): void => {
  if (http_proxy) checkUrl(http_proxy, { label: 'HTTP', schemes: ['http'] });
  if (https_proxy) checkUrl(https_proxy, { label: 'HTTPS', schemes: ['http', 'https'] });
  if (no_proxy) checkNoProxy(no_proxy);
};

/** Checked settings in the form that every reader takes; members without a value are left out. */
export const readableProxy = ({ http_proxy, https_proxy, no_proxy }: ProxyMembers): ReadableProxy => ({
  ...(http_proxy ? { http_proxy: withLowerScheme(http_proxy) } : {}),
  ...(https_proxy ? { https_proxy: withLowerScheme(https_proxy) } : {}),
  ...(no_proxy ? { no_proxy: noProxyEntries(no_proxy).join(',') } : {}),
});
