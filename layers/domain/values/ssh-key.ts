import { invalid } from '../errors.ts';
import { excerpt, isPrintable } from './printable.ts';
import { faultOfKeyBlob, weaknessOf } from './ssh-key-blob.ts';

/** The assisted-service API's pattern of one line. */
const line =
  /^(ssh-rsa AAAAB3NzaC1yc2|ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNT|ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzOD|ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1Mj|ssh-ed25519 AAAAC3NzaC1lZDI1NTE5|ssh-dss AAAAB3NzaC1kc3)[0-9A-Za-z+/]+[=]{0,3}( .*)?$/s;

const faultOf = (key: string): string | undefined => {
  const [type = '', encoded = ''] = key.split(' ');
  return faultOfKeyBlob(type, encoded) ?? (isPrintable(key) ? undefined : 'the comment has control characters');
};

/** Why a checked key lets nobody in on a host; undefined where it does. */
export const weaknessOfKey = (key: string): string | undefined => {
  const [type = '', encoded = ''] = key.split(' ');
  return weaknessOf(type, encoded);
};

/** Such a text may be there by mistake, and is never echoed. */
export const holdsPrivateKey = (text: string): boolean => text.includes('-----BEGIN ') && text.includes('PRIVATE KEY');

export const privateKeyGiven = 'a private key was given where a public one belongs';

const checkLine = (key: string): void => {
  if (holdsPrivateKey(key)) throw invalid(`SSH key: ${privateKeyGiven}`);
  if (!line.test(key)) {
    throw invalid(`SSH key: ${excerpt(key)} does not match any supported type: ssh-rsa, ssh-ed25519, ecdsa-[VARIANT]`);
  }
  const fault = faultOf(key);
  if (fault !== undefined) throw invalid(`Malformed SSH key: ${excerpt(key)}: ${fault}`);
};

/**
 * Checks public keys in OpenSSH's format, one per line (assisted-service API); spaces and line ends around the text are
 * dropped, a blank line inside is not. Options in front of a key are not supported.
 *
 * @returns the trimmed lines, joined by `\n`
 * @throws InvalidInput
 */
export const checkSshKeys = (text: string): string => {
  const keys = text
    .trim()
    .split('\n')
    .map((key) => key.trim());
  for (const key of keys) checkLine(key);
  return keys.join('\n');
};
