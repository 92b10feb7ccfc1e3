import { entriesOf } from '../values/json.ts';
import { readableBundle } from '../values/trust-bundle.ts';
import { proxyMembers } from './cluster-proxy.ts';

type Members = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const readableProxyMembers = (value: unknown): unknown => {
  const members = entriesOf(value);
  if (members === undefined) return value;
  const [http_proxy, https_proxy, no_proxy] = ['httpProxy', 'httpsProxy', 'noProxy'].map((key) =>
    textOf(members.get(key)),
  );
  return { ...Object.fromEntries(members), ...proxyMembers({ http_proxy, https_proxy, no_proxy }) };
};

/** What is brought into the form that every reader takes. */
const readable: ReadonlyMap<string, (value: unknown) => unknown> = new Map([
  ['additionalTrustBundle', (value: unknown) => (typeof value === 'string' ? readableBundle(value) : value)],
  ['proxy', readableProxyMembers],
]);

/** The overrides of a cluster's install-config, which were checked to be a JSON object when they were stored. */
export const overridesOf = ({ install_config_overrides: text }: { install_config_overrides?: string }): Members => {
  const members = text ? entriesOf(JSON.parse(text)) : undefined;
  return Object.fromEntries([...(members ?? [])].map(([key, value]) => [key, readable.get(key)?.(value) ?? value]));
};

export const customFeatureSet = 'CustomNoUpgrade';

/** `Name=true` and `Name=false` are about the same gate. */
export const gateName = (gate: string): string => gate.split('=')[0] ?? gate;

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];

/**
 * The user's overrides with the feature gates that the release needs; a gate that the user names stays as it is.
 *
 * @param gates `Name=true` or `Name=false`
 */
export const withFeatureGates = (overrides: Members, gates: readonly string[]): Members => {
  if (gates.length === 0) return overrides;
  const given = texts(overrides.featureGates);
  const named = new Set(given.map(gateName));
  const missing = gates.filter((gate) => !named.has(gateName(gate)));
  return { ...overrides, featureSet: customFeatureSet, featureGates: [...given, ...missing] };
};

/** Lays members over others, objects within objects; lists are replaced. Recursive: for what a check has bounded. */
export const laidOver = (base: unknown, over: unknown): unknown => {
  const [lower, upper] = [entriesOf(base), entriesOf(over)];
  if (lower === undefined || upper === undefined) return over;
  const members = [...upper].map(([key, value]) => [key, lower.has(key) ? laidOver(lower.get(key), value) : value]);
  return { ...Object.fromEntries(lower), ...Object.fromEntries(members) };
};
