/** The key that signs requests of one day, region and service, and what it signs. Source: AWS Signature Version 4. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

/** `day` is YYYYMMDD. */
export type Scope = { readonly day: string; readonly region: string };

export const scopeText = ({ day, region }: Scope): string => `${day}/${region}/s3/aws4_request`;

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** A function from scope to signing key that remembers the last one: a server has one region, a day lasts. */
export const signingKeys = (secretAccessKey: string): ((scope: Scope) => Buffer) => {
  let last: { text: string; key: Buffer } | undefined;
  return (scope) => {
    const text = scopeText(scope);
    if (last?.text !== text) {
      const dayKey = hmac(`AWS4${secretAccessKey}`, scope.day);
      last = { text, key: hmac(hmac(hmac(dayKey, scope.region), 's3'), 'aws4_request') };
    }
    return last.key;
  };
};

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

export const sign = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('hex');

/** Compares without telling by its duration how many characters agree. */
export const sameSignature = (expected: string, given: string): boolean => {
  const left = Buffer.from(expected);
  const right = Buffer.from(given);
  return left.length === right.length && timingSafeEqual(left, right);
};
