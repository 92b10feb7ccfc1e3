import type { Keyring } from './keyring.ts';

// The parts of the AWS Encryption SDK are loaded when something is to be encrypted or decrypted: most requests do not wait for
// them. Not by @aws-crypto/client-node, a CommonJS module in which a bundle would find all of it, and all of KMS and DynamoDB.

/**
 * Whoever can read a secret here can write one too, so that a signature beside the authenticated encryption would prove
 * nothing. One that is there is verified.
 */
const encryption = async () => {
  const [{ buildEncrypt }, { AlgorithmSuiteIdentifier, CommitmentPolicy }] = await Promise.all([
    import('@aws-crypto/encrypt-node'),
    import('@aws-crypto/material-management-node'),
  ]);
  const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;
  return { suiteId, ...buildEncrypt(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT) };
};

const decryption = async () => {
  const [{ buildDecrypt }, { CommitmentPolicy }] = await Promise.all([
    import('@aws-crypto/decrypt-node'),
    import('@aws-crypto/material-management-node'),
  ]);
  return buildDecrypt(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
};

/** What a ciphertext is bound to: moved elsewhere in the table, it cannot be decrypted. */
export type Context = Readonly<Record<string, string>>;

/** Encrypts with the AWS Encryption SDK: a text may be larger than the 4,096 bytes that KMS itself takes. */
export const seal = async (keyring: Keyring, text: string, context: Context): Promise<Uint8Array> => {
  const { suiteId, encrypt } = await encryption();
  const { result } = await encrypt(await keyring(), text, { suiteId, encryptionContext: { ...context } });
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
  const { decrypt } = await decryption();
  const { plaintext, messageHeader } = await decrypt(await keyring(), ciphertext);
  for (const [name, value] of Object.entries(context)) {
    if (messageHeader.encryptionContext[name] !== value) throw new Error(`${what} of another ${name}`);
  }
  return plaintext.toString('utf8');
};
