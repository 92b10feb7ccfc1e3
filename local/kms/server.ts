import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import * as z from 'zod';
import { arn } from '#local/aws.ts';
import { awsJsonServer, serviceException } from '#local/http/aws-json.ts';
import { parameters } from '#local/http/parameters.ts';
import { seal, unseal } from './envelope.ts';

/** The one key that this stand-in has; every key of the template is this one. */
export const keyId = '6f76652d-6967-4e69-9469-6f6e2d6b6579';
export const keyArn = arn('kms', `key/${keyId}`);

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

const checkKey = (asked: string): void => {
  if (asked !== keyArn && asked !== keyId) throw serviceException('NotFoundException', `Key '${asked}' does not exist`);
};

const lengths = { AES_256: 32, AES_128: 16 };

/** KMS as far as the AWS Encryption SDK calls it: GenerateDataKey and Decrypt, under one local master key. */
export const kmsServer = (masterKey: Uint8Array): Server =>
  awsJsonServer('TrentService', {
    GenerateDataKey: async (input) => {
      const request = parameters(generateSchema, input);
      checkKey(request.KeyId);
      const plaintext = randomBytes(request.NumberOfBytes ?? lengths[request.KeySpec ?? 'AES_256']);
      const blob = seal(masterKey, plaintext, { keyArn, context: request.EncryptionContext });
      return { KeyId: keyArn, Plaintext: plaintext.toString('base64'), CiphertextBlob: blob.toString('base64') };
    },
    Decrypt: async (input) => {
      const request = parameters(decryptSchema, input);
      checkKey(request.KeyId);
      const plaintext = unseal(masterKey, request.CiphertextBlob, { keyArn, context: request.EncryptionContext });
      if (plaintext === undefined) throw serviceException('InvalidCiphertextException', '');
      return { KeyId: keyArn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
  });
