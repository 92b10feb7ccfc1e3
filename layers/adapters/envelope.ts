import type { Keyring } from './keyring.ts';

/** Loaded when something is to be encrypted: most requests do not wait for it. */
const encryption = async () => {
  const { buildClient, CommitmentPolicy } = await import('@aws-crypto/client-node');
  return buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
};

/** What a ciphertext is bound to: moved elsewhere in the table, it cannot be decrypted. */
export type Context = Readonly<Record<string, string>>;

/** Encrypts with the AWS Encryption SDK: a text may be larger than the 4,096 bytes that KMS itself takes. */
export const seal = async (keyring: Keyring, text: string, context: Context): Promise<Uint8Array> => {
  const { encrypt } = await encryption();
  const { result } = await encrypt(await keyring(), text, { encryptionContext: { ...context } });
  return Uint8Array.from(result);
};

interface Sealed {
  /** What it is, for a person. */
  readonly what: string;
  readonly ciphertext: Uint8Array;
  readonly context: Context;
}

/** @throws Error that names the part of the context that is another's */
export const unseal = async (keyring: Keyring, { what, ciphertext, context }: Sealed): Promise<string> => {
  const { decrypt } = await encryption();
  const { plaintext, messageHeader } = await decrypt(await keyring(), ciphertext);
  for (const [name, value] of Object.entries(context)) {
    if (messageHeader.encryptionContext[name] !== value) throw new Error(`${what} of another ${name}`);
  }
  return plaintext.toString('utf8');
};
