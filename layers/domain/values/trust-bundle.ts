import { X509Certificate } from 'node:crypto';
import { invalid } from '../errors.ts';
import { isBase64 } from './base64.ts';
import { faultOfCertificate } from './certificate/certificate.ts';
import { isPrintable } from './printable.ts';

/** Begin and end each have a line of their own; what is between them is for `isBase64` to judge. */
const block =
  /(?<![^\n])-----BEGIN ([A-Z0-9 ]+)-----[ \t]*\r?\n((?:[A-Za-z0-9+/= \t]*\r?\n)*?)-----END \1-----[ \t]*(?:\r?\n|$)/g;

const faultOf = (bundle: string): string | undefined => {
  const blocks = [...bundle.matchAll(block)];
  const last = blocks.at(-1);
  const isWhole = last !== undefined && last.index + last[0].length === bundle.length;
  const begins = bundle.split('-----BEGIN ').length - 1;
  if (!isWhole || blocks.length !== begins || !isPrintable(bundle.replaceAll(/[\r\n\t]/g, ''))) return 'invalid block';
  for (const [index, [, type, lines = '']] of blocks.entries()) {
    if (type !== 'CERTIFICATE') return `parse failed: block ${index + 1} is a ${type}, not a CERTIFICATE`;
    const encoded = lines.replaceAll(/\s/g, '');
    if (!isBase64(encoded)) return 'invalid block';
    const fault = faultOfCertificate(Buffer.from(encoded, 'base64'));
    if (fault !== undefined) return `parse failed: block ${index + 1} ${fault}`;
  }
  return undefined;
};

/**
 * A bundle without what keeps Go from reading it and means nothing: blanks in front of a line, as a bundle has that was
 * copied from install-config.yaml, and around the whole.
 */
export const readableBundle = (text: string): string => text.trim().replaceAll(/^[ \t]+/gm, '');

/**
 * Checks a bundle of X.509 certificates in PEM (assisted-service API), as strictly as Go's encoding/pem and crypto/x509. Text
 * in front of a block is tolerated, text behind the last one is not, nor are headers in one. Neither validity dates nor the
 * right to sign are judged.
 *
 * @returns the bundle in the form that every reader takes
 * @throws InvalidInput
 */
export const checkTrustBundle = (text: string): string => {
  const bundle = readableBundle(text);
  const fault = faultOf(bundle);
  if (fault !== undefined) throw invalid(fault);
  return bundle;
};

interface Expired {
  /** Its place among the certificates, from 0. */
  readonly index: number;
  /** `YYYY-MM-DD` */
  readonly validTo: string;
}

/** undefined where it cannot be read: a bundle may have been stored under the rules of an earlier version. */
const endOf = (encoded: string): Date | undefined => {
  try {
    return new X509Certificate(Buffer.from(encoded, 'base64')).validToDate;
  } catch {
    return undefined;
  }
};

/** The certificates of a stored bundle that are no longer valid: hosts keep them, and trust nobody by them. */
export const expiredCertificates = (bundle: string, now: Date): readonly Expired[] =>
  [...bundle.matchAll(block)].flatMap(([, , lines = ''], index) => {
    const end = endOf(lines);
    return end === undefined || end >= now ? [] : [{ index, validTo: end.toISOString().slice(0, 10) }];
  });
