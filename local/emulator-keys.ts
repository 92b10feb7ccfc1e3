import { KMS } from '@aws-sdk/client-kms';

/** A key of this project in an emulator, by its alias. */
interface EmulatorKey {
  readonly alias: string;
  readonly creation: Parameters<KMS['createKey']>[0];
}

const pullSecrets: EmulatorKey = {
  alias: 'alias/ove-ignition',
  creation: { Description: 'Pull secrets of ove-ignition' },
};

const imageTokens: EmulatorKey = {
  alias: 'alias/ove-ignition-image-tokens',
  creation: { Description: 'Image tokens of ove-ignition', KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
};

const isMissing = (error: unknown): boolean => error instanceof Error && error.name === 'NotFoundException';

const create = async (client: KMS, { alias, creation }: EmulatorKey): Promise<string | undefined> => {
  const { KeyMetadata } = await client.createKey(creation);
  await client.createAlias({ AliasName: alias, TargetKeyId: KeyMetadata?.KeyId });
  return KeyMetadata?.Arn;
};

const arnOf = async (client: KMS, key: EmulatorKey): Promise<string> => {
  const arn = await client.describeKey({ KeyId: key.alias }).then(
    ({ KeyMetadata }) => KeyMetadata?.Arn,
    (error: unknown) => {
      if (isMissing(error)) return create(client, key);
      throw error;
    },
  );
  if (arn === undefined) throw new Error('the emulator made a key without an ARN');
  return arn;
};

/**
 * ARNs of this project's keys in the emulator that the environment names; made at the first call and found again by
 * their aliases.
 */
export const emulatorKeys = async () => {
  const client = new KMS({});
  return { keyArn: await arnOf(client, pullSecrets), macKeyArn: await arnOf(client, imageTokens) };
};
