import { KMS } from '@aws-crypto/client-node';

const alias = 'alias/ove-ignition';

const isMissing = (error: unknown): boolean => error instanceof Error && error.name === 'NotFoundException';

const create = async (client: KMS): Promise<string | undefined> => {
  const { KeyMetadata } = await client.createKey({ Description: 'Pull secrets of ove-ignition' });
  await client.createAlias({ AliasName: alias, TargetKeyId: KeyMetadata?.KeyId });
  return KeyMetadata?.Arn;
};

/**
 * ARN of this project's key in the emulator that the environment names; made at the first call and found again by its
 * alias.
 */
export const emulatorKeyArn = async (): Promise<string> => {
  const client = new KMS({});
  const arn = await client.describeKey({ KeyId: alias }).then(
    ({ KeyMetadata }) => KeyMetadata?.Arn,
    (error: unknown) => {
      if (isMissing(error)) return create(client);
      throw error;
    },
  );
  if (arn === undefined) throw new Error('the emulator made a key without an ARN');
  return arn;
};
