import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Names and values that a ciphertext is bound to; their order does not matter. */
type EncryptionContext = Readonly<Record<string, string>>;

interface Sealed {
  readonly keyArn: string;
  readonly context: EncryptionContext;
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

const authenticated = ({ keyArn, context }: Sealed): Buffer => {
  const sorted = Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.from(JSON.stringify([keyArn, sorted]));
};

/** AES-256-GCM: initialisation vector, tag, ciphertext; the key's ARN and the context are authenticated with it. */
export const seal = (masterKey: Uint8Array, plaintext: Uint8Array, sealed: Sealed): Buffer => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, masterKey, iv).setAAD(authenticated(sealed));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]);
};

/** undefined when the blob was not sealed with this key, key ARN and context. */
export const unseal = (masterKey: Uint8Array, blob: Uint8Array, sealed: Sealed): Buffer | undefined => {
  const [iv, tag] = [blob.subarray(0, ivBytes), blob.subarray(ivBytes, ivBytes + tagBytes)];
  if (tag.length < tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, masterKey, iv, { authTagLength: tagBytes })
    .setAAD(authenticated(sealed))
    .setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(blob.subarray(ivBytes + tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
};
