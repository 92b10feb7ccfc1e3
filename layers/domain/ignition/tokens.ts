import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Variable } from '../release/installer-profile.ts';
import type { Assignment } from './variables.ts';

/** A JSON Web Token in its compact form (RFC 7519). */
const token = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/;

const isToken = (value: string): boolean => token.test(value);

/** The key that a value holds as base64 of its PEM; undefined for any other value. */
const publicKeyIn = (value: string): KeyObject | undefined => {
  const pem = Buffer.from(value, 'base64').toString('latin1');
  if (!pem.startsWith('-----BEGIN PUBLIC KEY-----')) return undefined;
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
};

const algorithmOf = (header: string): unknown => {
  try {
    return JSON.parse(Buffer.from(header, 'base64url').toString('utf8')).alg;
  } catch {
    return undefined;
  }
};

/** ES256 alone, as the service on site does; the signature's form is that of RFC 7518. */
const verifies = (text: string, key: KeyObject): boolean => {
  const [header = '', payload = '', signature = ''] = text.split('.');
  if (algorithmOf(header) !== 'ES256' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false;
  const signed = Buffer.from(`${header}.${payload}`);
  return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
};

interface Found {
  readonly keys: readonly Variable[];
  readonly tokens: readonly Variable[];
  /** Tokens that none of the keys verifies. */
  readonly unverified: readonly Variable[];
}

const withoutValue = ({ path, name }: Assignment): Variable => ({ path, name });

/** The keys and tokens among the variables of an ignition. */
export const authenticationIn = (variables: readonly Assignment[]): Found => {
  const keys = variables.flatMap((variable) => {
    const key = publicKeyIn(variable.value);
    return key === undefined ? [] : [{ variable, key }];
  });
  const tokens = variables.filter(({ value }) => isToken(value));
  const unverified = tokens.filter(({ value }) => !keys.some(({ key }) => verifies(value, key)));
  return {
    keys: keys.map(({ variable }) => withoutValue(variable)),
    tokens: tokens.map(withoutValue),
    unverified: unverified.map(withoutValue),
  };
};
