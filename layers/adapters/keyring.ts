import { KMS, KmsKeyringNode, type KmsKeyringNodeInput } from '@aws-crypto/client-node';

type ClientProvider = NonNullable<KmsKeyringNodeInput['clientProvider']>;

/**
 * The KMS key of the pull secrets: it makes data keys for the api function and opens them for the ignition function.
 *
 * @param keyArn full ARN: the keyring takes the region from it
 */
export const kmsKeyring = (keyArn: string): KmsKeyringNode => {
  const client = new KMS({});
  // The keyring's types want optional properties absent where the SDK's allow undefined; at run time they are the same.
  const clientProvider = (() => client) as unknown as ClientProvider;
  return new KmsKeyringNode({ generatorKeyId: keyArn, clientProvider });
};
