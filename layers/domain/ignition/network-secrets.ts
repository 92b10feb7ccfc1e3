import { FAILSAFE_SCHEMA, type Schema } from 'js-yaml';
import { entriesOf } from '../values/json.ts';
import { readUserYaml } from '../values/user-yaml.ts';

/** Members of an NMState document whose values are secret, whatever they are. */
const secretName = /pass|secret|token|psk|private|credential|shared-key|(?:^|-)(?:key|pin|cak|ckn)$/i;

/** Members that hold secrets: a plain value in their place may be one. */
const carrierName = /^(?:802\.1x|macsec|libreswan|wireguard|peers?)$/i;

interface Place {
  readonly value: unknown;
  readonly isSecret: boolean;
  /** Whether a plain value here would be one. */
  readonly isCarrier: boolean;
}

const placesIn = ({ value, isSecret, isCarrier }: Place): readonly Place[] => {
  if (Array.isArray(value)) return value.map((entry) => ({ value: entry, isSecret, isCarrier }));
  return [...(entriesOf(value) ?? [])].map(([name, member]) => ({
    value: member,
    isSecret: isSecret || secretName.test(name),
    isCarrier: carrierName.test(name),
  }));
};

// Not recursive: the depth of the document is the caller's choice.
const secretsIn = (root: unknown): readonly string[] => {
  const found: string[] = [];
  const waiting: Place[] = [{ value: root, isSecret: false, isCarrier: false }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value, isSecret, isCarrier } = place;
    if (typeof value === 'object' && value !== null) waiting.push(...placesIn(place));
    else if (isSecret || isCarrier) found.push(String(value));
  }
  return found;
};

const parsed = (document: string, schema?: Schema): unknown => {
  try {
    return readUserYaml(document, schema);
  } catch {
    return undefined;
  }
};

/** nmstatectl takes a no-break space for a space. */
const withSpaces = (text: string): string => text.replaceAll('\u00A0', ' ');

/**
 * The passwords and keys in an NMState document (802.1X, MACsec, IPsec, WireGuard, and whatever is named like one), so
 * that they can be taken out of what nmstate says about it. Each as it is written and as it is read: what is `007` to one
 * reader is `7` to another. undefined where the document is not YAML: then they are not known.
 */
export const networkSecretsIn = (document: string): readonly string[] | undefined => {
  const read = parsed(document);
  if (read === undefined) return undefined;
  const secrets = [...secretsIn(read), ...secretsIn(parsed(document, FAILSAFE_SCHEMA))];
  return [...new Set(secrets.flatMap((secret) => [secret, withSpaces(secret)]))];
};
