import { invalid } from '../errors.ts';
import { entriesOf, JsonFault, parseJson } from '../values/json.ts';
import { excerpt, isPrintable } from '../values/printable.ts';

interface DiskEncryption {
  readonly mode?: string | undefined;
  /** JSON text: `[{"url","thumbprint"}]`. */
  readonly tang_servers?: string | undefined;
}

const quoted = (text: string): string => `"${excerpt(text)}"`;

const faultOfUrl = (url: unknown): string | undefined => {
  if (typeof url !== 'string' || url === '') return 'parse "": empty url';
  const isUrl = isPrintable(url) && /^https?:\/\/[^\s/]+/i.test(url) && !/\s/.test(url) && URL.canParse(url);
  return isUrl ? undefined : `parse ${quoted(url)}: invalid URI for request`;
};

const parseServers = (text: string): readonly unknown[] => {
  try {
    const servers = parseJson(text);
    if (Array.isArray(servers)) return servers;
  } catch (error) {
    if (error instanceof JsonFault && error.kind !== 'malformed')
      throw invalid(`tang_servers isn't valid: ${error.reason}`);
  }
  throw invalid('tang_servers isn\'t valid: it should be a JSON list of {"url", "thumbprint"} objects');
};

const checkServer = (server: unknown): void => {
  const fields = entriesOf(server);
  const fault = faultOfUrl(fields?.get('url'));
  if (fault !== undefined) throw invalid(`Tang URL isn't valid: ${fault}`);
  const thumbprint = fields?.get('thumbprint');
  if (typeof thumbprint !== 'string' || thumbprint === '') throw invalid("Tang thumbprint isn't set");
  if (!isPrintable(thumbprint)) throw invalid("Tang thumbprint isn't valid: it has line ends or control characters");
};

/**
 * Checks that Tang mode names its servers, each with an http(s) URL and a thumbprint (assisted-service API).
 *
 * @throws InvalidInput
 */
export const checkDiskEncryption = ({ mode, tang_servers }: DiskEncryption): void => {
  if (mode !== 'tang') return;
  const servers = tang_servers ? parseServers(tang_servers) : [];
  if (servers.length === 0) throw invalid("Setting Tang mode but tang_servers isn't set");
  for (const server of servers) checkServer(server);
};
