import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

// What the domain uses of `node:crypto`: it asks for answers at once, and the browser's own are promises.

const hashes: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = { sha256, sha512 };

export const createHash = (name: string) => {
  const hash = hashes[name];
  if (hash === undefined) throw new Error(`no hash is called ${name}`);
  return { update: (bytes: Uint8Array) => ({ digest: (_: 'hex') => bytesToHex(hash(bytes)) }) };
};

/**
 * Has no second opinion on a certificate: browsers have no parser of them. The domain has read it before, as strictly as Go does,
 * and the server asks OpenSSL besides.
 */
export class X509Certificate {
  readonly raw: Buffer;
  readonly publicKey = { type: 'public' };

  constructor(bytes: Buffer) {
    this.raw = bytes;
  }
}
