import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDecrypt } from '@aws-crypto/decrypt-node';
import { buildEncrypt } from '@aws-crypto/encrypt-node';
import { KMS, KmsKeyringNode, type KmsKeyringNodeInput } from '@aws-crypto/kms-keyring-node';
import { CommitmentPolicy } from '@aws-crypto/material-management-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Listening, listen } from '#emulators/http/listen.ts';
import { keyArn, kmsServer, macKeyArn } from '#emulators/kms/kms-server.ts';
import { masterKey } from '#emulators/kms/master-key.ts';

const { encrypt } = buildEncrypt(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
const { decrypt } = buildDecrypt(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);

const clientFor = (endpoint: string) =>
  new KMS({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });

const keyringFor = (endpoint: string) => {
  const client = clientFor(endpoint);
  // The keyring's types want optional properties absent where the SDK's allow undefined.
  const clientProvider = (() => client) as unknown as NonNullable<KmsKeyringNodeInput['clientProvider']>;
  return new KmsKeyringNode({ generatorKeyId: keyArn, clientProvider });
};

let folder: string;
let service: Listening;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kms-'));
  service = await listen(kmsServer(await masterKey(join(folder, 'kms', 'master-key'))));
});

afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

describe('the key management stand-in, through the AWS Encryption SDK', () => {
  test('decrypts what was encrypted, and gives the context back', async () => {
    const { result } = await encrypt(keyringFor(service.endpoint), 'pull secret', {
      encryptionContext: { 'infra-env': 'a', owner: 'b' },
    });
    const { plaintext, messageHeader } = await decrypt(keyringFor(service.endpoint), result);
    expect(plaintext.toString()).toBe('pull secret');
    expect(messageHeader.encryptionContext).toMatchObject({ 'infra-env': 'a', owner: 'b' });
    expect(Buffer.from(result).includes('pull secret')).toBe(false);
  });

  test('decrypts after a restart on the same folder, and not with the key of another folder', async () => {
    const { result } = await encrypt(keyringFor(service.endpoint), 'pull secret');
    const restarted = await listen(kmsServer(await masterKey(join(folder, 'kms', 'master-key'))));
    const foreign = await listen(kmsServer(await masterKey(join(folder, 'other', 'master-key'))));
    expect((await decrypt(keyringFor(restarted.endpoint), result)).plaintext.toString()).toBe('pull secret');
    await expect(decrypt(keyringFor(foreign.endpoint), result)).rejects.toThrow();
    await Promise.all([restarted.close(), foreign.close()]);
  });
});

describe('a data key', () => {
  const generated = () =>
    clientFor(service.endpoint).generateDataKey({
      KeyId: keyArn,
      NumberOfBytes: 32,
      EncryptionContext: { a: '1', b: '2' },
    });

  test('opens whatever the order of its context', async () => {
    const { CiphertextBlob, Plaintext, KeyId } = await generated();
    const opened = await clientFor(service.endpoint).decrypt({ CiphertextBlob, EncryptionContext: { b: '2', a: '1' } });
    expect(opened.Plaintext).toEqual(Plaintext);
    expect(Plaintext).toHaveLength(32);
    expect(KeyId).toBe(keyArn);
  });

  test.each([
    ['another value', { a: '1', b: '3' }],
    ['a missing name', { a: '1' }],
    ['an additional name', { a: '1', b: '2', c: '' }],
    ['no context', undefined],
  ])('stays closed with %s in its context', async (_, EncryptionContext) => {
    const { CiphertextBlob } = await generated();
    await expect(clientFor(service.endpoint).decrypt({ CiphertextBlob, EncryptionContext })).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
  });

  test.each([0, 13, 40])('stays closed when byte %i of it was changed', async (index) => {
    const { CiphertextBlob } = await generated();
    const changed = Uint8Array.from(CiphertextBlob ?? [], (byte, at) => (at === index ? byte ^ 1 : byte));
    await expect(
      clientFor(service.endpoint).decrypt({ CiphertextBlob: changed, EncryptionContext: { a: '1', b: '2' } }),
    ).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  test.each([
    ['a key that does not exist', { KeyId: `${keyArn}0`, NumberOfBytes: 32 }, 'NotFoundException'],
    ['no bytes', { KeyId: keyArn, NumberOfBytes: 0 }, 'ValidationException'],
  ])('is refused for %s', async (_, request, name) => {
    await expect(clientFor(service.endpoint).generateDataKey(request)).rejects.toMatchObject({ name });
  });

  test('an operation that nobody here calls is refused by name', async () => {
    await expect(clientFor(service.endpoint).listKeys()).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });
});

describe('a message authentication code', () => {
  const macOf = async (endpoint: string, message: string): Promise<string> => {
    const Message = Buffer.from(message);
    const { Mac } = await clientFor(endpoint).generateMac({ KeyId: macKeyArn, MacAlgorithm: 'HMAC_SHA_256', Message });
    return Buffer.from(Mac ?? []).toString('hex');
  };

  test('is the same for the same message, also after a restart on the same folder', async () => {
    const mac = await macOf(service.endpoint, 'message');
    expect(mac).toMatch(/^[0-9a-f]{64}$/);
    const restarted = await listen(kmsServer(await masterKey(join(folder, 'kms', 'master-key'))));
    expect(await macOf(restarted.endpoint, 'message')).toBe(mac);
    await restarted.close();
  });

  test('is another one for another message, and with the key of another folder', async () => {
    const foreign = await listen(kmsServer(await masterKey(join(folder, 'other', 'master-key'))));
    const mac = await macOf(service.endpoint, 'message');
    expect(await macOf(service.endpoint, 'massage')).not.toBe(mac);
    expect(await macOf(foreign.endpoint, 'message')).not.toBe(mac);
    await foreign.close();
  });

  test('is none of a key that encrypts, nor does its key encrypt', async () => {
    const client = clientFor(service.endpoint);
    const wrong = { name: 'InvalidKeyUsageException' };
    const Message = Buffer.from('message');
    await expect(client.generateMac({ KeyId: keyArn, MacAlgorithm: 'HMAC_SHA_256', Message })).rejects.toMatchObject(
      wrong,
    );
    await expect(client.generateDataKey({ KeyId: macKeyArn, NumberOfBytes: 32 })).rejects.toMatchObject(wrong);
  });
});

describe('the master key', () => {
  test('is readable by its owner alone', async () => {
    expect((await stat(join(folder, 'kms', 'master-key'))).mode & 0o777).toBe(0o600);
  });

  test('is the same for all that ask for it first at the same time', async () => {
    const path = join(folder, 'together', 'master-key');
    const keys = await Promise.all(Array.from({ length: 5 }, () => masterKey(path)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
  });

  test('is refused when the file is no key', async () => {
    const path = join(folder, 'short');
    await writeFile(path, 'short');
    await chmod(path, 0o600);
    await expect(masterKey(path)).rejects.toThrow('is not a key of 32 bytes');
  });
});
