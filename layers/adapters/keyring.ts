import type { KmsKeyringNode, KmsKeyringNodeInput } from '@aws-crypto/kms-keyring-node';

type ClientProvider = NonNullable<KmsKeyringNodeInput['clientProvider']>;

/** The key of the pull secrets, made at its first use. */
export type Keyring = () => Promise<KmsKeyringNode>;

const createKeyring = async (keyArn: string): Promise<KmsKeyringNode> => {
  const { KMS, KmsKeyringNode } = await import('@aws-crypto/kms-keyring-node');
  const client = new KMS({});
  // The keyring's types want optional properties absent where the SDK's allow undefined; at run time they are the same.
  const clientProvider = (() => client) as unknown as ClientProvider;
  return new KmsKeyringNode({ generatorKeyId: keyArn, clientProvider });
};

/**
 * The KMS key of the pull secrets: it makes data keys for the api function and opens them for the ignition function.
 *
 * @param keyArn full ARN: the keyring takes the region from it
 */
export const kmsKeyring = (keyArn: string): Keyring => {
  let keyring: Promise<KmsKeyringNode> | undefined;
  return () => {
    keyring ??= createKeyring(keyArn);
    return keyring;
  };
};
