import { X509Certificate } from 'node:crypto';
import { invalid } from '../errors.ts';
import { isPrintable } from './printable.ts';

const block = /-----BEGIN ([A-Z0-9 ]+)-----[ \t]*\r?\n([\sA-Za-z0-9+/=]*?)-----END \1-----[ \t]*(?:\r?\n|$)/g;

/** node:crypto also reads a certificate with bytes behind it, and base64 with any character in it. */
const isCertificate = (encoded: string): boolean => {
  const bytes = Buffer.from(encoded, 'base64');
  try {
    return new X509Certificate(bytes).raw.equals(bytes);
  } catch {
    return false;
  }
};

const faultOf = (bundle: string): string | undefined => {
  const blocks = [...bundle.matchAll(block)];
  const last = blocks.at(-1);
  const isWhole = last !== undefined && last.index + last[0].length === bundle.length;
  const begins = bundle.split('-----BEGIN ').length - 1;
  if (!isWhole || blocks.length !== begins || !isPrintable(bundle.replaceAll(/[\r\n\t]/g, ''))) return 'invalid block';
  for (const [index, [, type, encoded = '']] of blocks.entries()) {
    if (type !== 'CERTIFICATE') return `parse failed: block ${index + 1} is a ${type}, not a CERTIFICATE`;
    if (!isCertificate(encoded)) return `parse failed: block ${index + 1} is not an X.509 certificate`;
  }
  return undefined;
};

/**
 * Checks a bundle of X.509 certificates in PEM (assisted-service API). Text in front of a block is tolerated, text behind
 * the last one is not. Neither validity dates nor the right to sign are judged.
 *
 * @returns the bundle, trimmed
 * @throws InvalidInput
 */
export const checkTrustBundle = (text: string): string => {
  const bundle = text.trim();
  const fault = faultOf(bundle);
  if (fault !== undefined) throw invalid(fault);
  return bundle;
};
