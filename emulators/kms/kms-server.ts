import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import * as z from 'zod';
import { arn } from '../account.ts';
import { awsJsonServer, serviceException } from '../http/aws-json.ts';
import { parameters } from '../http/parameters.ts';
import type { AccessControl } from '../iam/access-control.ts';
import { iamGuard } from '../iam/guard.ts';
import { seal, unseal } from './envelope.ts';

const keyIds = {
  ENCRYPT_DECRYPT: '6f76652d-6967-4e69-9469-6f6e2d6b6579',
  GENERATE_VERIFY_MAC: '6f76652d-6967-4e69-9469-6f6e2d6d6163',
};
type KeyUsage = keyof typeof keyIds;

const arnOf = (usage: KeyUsage): string => arn('kms', `key/${keyIds[usage]}`);

/** The one key that encrypts, and the one for HMACs: every key of the template is one of these. */
export const keyArn = arnOf('ENCRYPT_DECRYPT');
export const macKeyArn = arnOf('GENERATE_VERIFY_MAC');

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));
const context = z.record(z.string(), z.string()).default({});

const generateSchema = z.object({
  KeyId: z.string(),
  NumberOfBytes: z.int().min(1).max(1024).optional(),
  KeySpec: z.enum(['AES_256', 'AES_128']).optional(),
  EncryptionContext: context,
});
const decryptSchema = z.object({
  CiphertextBlob: base64,
  KeyId: z.string().default(keyArn),
  EncryptionContext: context,
});

const macSchema = z.object({ KeyId: z.string(), Message: base64, MacAlgorithm: z.literal('HMAC_SHA_256') });

const isKey = (asked: string, usage: KeyUsage): boolean => asked === arnOf(usage) || asked === keyIds[usage];

const checkKey = (asked: string, usage: KeyUsage): void => {
  if (isKey(asked, usage)) return;
  const known = isKey(asked, 'ENCRYPT_DECRYPT') || isKey(asked, 'GENERATE_VERIFY_MAC');
  if (!known) throw serviceException('NotFoundException', `Key '${asked}' does not exist`);
  throw serviceException('InvalidKeyUsageException', `${asked} is no key for ${usage}`);
};

const keyed = z.looseObject({ KeyId: z.string().default(keyArn) });

const arnOfKey = (input: unknown): string => {
  const { KeyId } = parameters(keyed, input);
  return KeyId.startsWith('arn:') ? KeyId : arn('kms', `key/${KeyId}`);
};

const lengths = { AES_256: 32, AES_128: 16 };

/**
 * KMS as far as it is called: GenerateDataKey and Decrypt by the AWS Encryption SDK, GenerateMac for image tokens, all
 * under one local master key.
 */
export const kmsServer = (masterKey: Uint8Array, access?: AccessControl): Server => {
  const guard = iamGuard(access, (operation, input) => ({ action: `kms:${operation}`, resource: arnOfKey(input) }));
  const macKey = Buffer.from(hkdfSync('sha256', masterKey, '', macKeyArn, 32));
  const operations = {
    GenerateDataKey: async (input: unknown) => {
      const request = parameters(generateSchema, input);
      checkKey(request.KeyId, 'ENCRYPT_DECRYPT');
      const plaintext = randomBytes(request.NumberOfBytes ?? lengths[request.KeySpec ?? 'AES_256']);
      const blob = seal(masterKey, plaintext, { keyArn, context: request.EncryptionContext });
      return { KeyId: keyArn, Plaintext: plaintext.toString('base64'), CiphertextBlob: blob.toString('base64') };
    },
    Decrypt: async (input: unknown) => {
      const request = parameters(decryptSchema, input);
      checkKey(request.KeyId, 'ENCRYPT_DECRYPT');
      const plaintext = unseal(masterKey, request.CiphertextBlob, { keyArn, context: request.EncryptionContext });
      if (plaintext === undefined) throw serviceException('InvalidCiphertextException', '');
      return { KeyId: keyArn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
    GenerateMac: async (input: unknown) => {
      const { KeyId, Message, MacAlgorithm } = parameters(macSchema, input);
      checkKey(KeyId, 'GENERATE_VERIFY_MAC');
      const mac = createHmac('sha256', macKey).update(Message).digest('base64');
      return { KeyId: macKeyArn, Mac: mac, MacAlgorithm };
    },
  };
  return awsJsonServer('TrentService', operations, guard);
};
