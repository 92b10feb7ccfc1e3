import { invalid } from '../errors.ts';
import { isBase64, joinedBase64 } from './base64.ts';
import { entriesOf, JsonFault, parseJson } from './json.ts';

/** Characters. It has to fit into an ignition of 256 KiB together with everything else. */
const longestPullSecret = 128 * 1024;

/** Only what looks like a registry is repeated in a message: a misplaced secret must not be. */
const registryName = /^(https?:\/\/)?[a-z0-9]([a-z0-9.-]{0,252}[a-z0-9])?(:\d{1,5})?(\/[\w.-]+)*\/?$/i;

type Json = ReadonlyMap<string, unknown>;
type Fault = string | undefined;

const typeName = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/** `quoted` in the way of Go's `%q`, which the assisted-service API uses in most of its texts. */
interface Registry {
  readonly plain: string;
  readonly quoted: string;
}

const registryOf = (name: string, position: number): Registry =>
  registryName.test(name)
    ? { plain: name, quoted: `"${name}"` }
    : { plain: `entry ${position}`, quoted: `entry ${position}` };

const faultOfAuth = (auth: unknown, { plain, quoted }: Registry): Fault => {
  if (typeof auth !== 'string') {
    return `invalid pull secret: 'auth' field of ${quoted} is ${typeName(auth)} but should be a string`;
  }
  const encoded = joinedBase64(auth);
  if (encoded === '') return undefined;
  if (!isBase64(encoded)) return `invalid pull secret: 'auth' field of ${quoted} is not base64-encoded`;
  if (!Buffer.from(encoded, 'base64').includes(':')) {
    return `invalid pull secret: 'auth' for ${plain} is not in 'user:password' format`;
  }
  return undefined;
};

const faultOfEntry = (entry: Json | undefined, registry: Registry): Fault => {
  if (!entry) return `invalid pull secret: ${registry.quoted} should be a JSON object`;
  if (entry.has('auth')) return faultOfAuth(entry.get('auth'), registry);
  return entry.has('credsStore')
    ? undefined
    : `invalid pull secret: ${registry.quoted} requires either auth or credsStore`;
};

const faultOfAuths = (auths: Json): Fault => {
  if (auths.size === 0) return 'invalid pull secret: auths required';
  return [...auths]
    .map(([name, entry], index) => faultOfEntry(entriesOf(entry), registryOf(name, index + 1)))
    .find((fault) => fault !== undefined);
};

const faultOfJson = ({ kind, key = '', reason }: JsonFault): string => {
  if (kind === 'malformed') return 'pull secret must be a well-formed JSON';
  if (kind === 'too deep') return `invalid pull secret: ${reason}`;
  return registryName.test(key)
    ? `invalid pull secret: "${key}" is there twice`
    : 'invalid pull secret: a key is there twice';
};

const faultOfSecret = (secret: Json | undefined): Fault => {
  if (!secret) return 'pull secret must be a well-formed JSON';
  const auths = entriesOf(secret.get('auths'));
  return auths ? faultOfAuths(auths) : "pull secret must contain 'auths' JSON-object field";
};

const faultOf = (text: string): Fault => {
  if (text.length > longestPullSecret) return `pull secret should be at most ${longestPullSecret} chars long`;
  try {
    return faultOfSecret(entriesOf(parseJson(text)));
  } catch (error) {
    if (error instanceof JsonFault) return faultOfJson(error);
    throw error;
  }
};

/**
 * Checks the JSON text of a pull secret (assisted-service API, and what openshift-install asks for beyond it). An empty
 * `auth` is tolerated; no registry is required. No message repeats any value of it.
 *
 * @param subject what is being registered with it; a change of something registered names none
 * @throws InvalidInput
 */
export const checkPullSecret = (text: string, subject?: 'cluster' | 'infraEnv'): void => {
  const fault = faultOf(text);
  if (fault === undefined) return;
  throw invalid(subject === undefined ? fault : `pull secret for new ${subject} is invalid: ${fault}`);
};
