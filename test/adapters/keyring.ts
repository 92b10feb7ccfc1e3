import { randomBytes } from 'node:crypto';
import { KMS, KmsKeyringNode, type KmsKeyringNodeInput } from '@aws-crypto/kms-keyring-node';
import type { Keyring } from '#adapters/keyring.ts';
import { listen } from '#emulators/http/listen.ts';
import { keyArn, kmsServer } from '#emulators/kms/kms-server.ts';
import { atEnd } from '#test/fakes/at-end.ts';

/** A key of the emulated KMS, which lives as long as the file's tests. */
export const testKeyring = async (): Promise<Keyring> => {
  const kms = await listen(kmsServer(randomBytes(32)));
  atEnd(() => kms.close());
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new KMS({ endpoint: kms.endpoint, region: 'us-east-1', credentials });
  // See keyring.ts for the cast.
  const clientProvider = (() => client) as unknown as NonNullable<KmsKeyringNodeInput['clientProvider']>;
  const keyring = new KmsKeyringNode({ generatorKeyId: keyArn, clientProvider });
  return async () => keyring;
};
