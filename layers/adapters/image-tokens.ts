import { createHmac } from 'node:crypto';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import { imageKeyName, imageTokenExpiry } from '#domain/infra-env/image-token.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { ImageTokens, InfraEnvs } from '#domain/infra-env/infra-env-ports.ts';
import type { Clock } from '#domain/ports.ts';
import { remembered } from './remembered.ts';

/** The key that all keys of image tokens are derived from. */
export type RootKey = () => Promise<Uint8Array>;

/**
 * Derives the root key with an HMAC key that never leaves KMS: nothing that could be stolen is stored anywhere.
 *
 * @param keyArn of an HMAC_256 key
 */
export const kmsRootKey = (keyArn: string, client = new KMSClient({})): RootKey =>
  remembered(async () => {
    const Message = Buffer.from('ove-ignition image tokens');
    const { Mac } = await client.send(new GenerateMacCommand({ KeyId: keyArn, MacAlgorithm: 'HMAC_SHA_256', Message }));
    if (Mac === undefined) throw new Error('KMS answered without a MAC');
    return Mac;
  });

interface Signing {
  readonly rootKey: RootKey;
  readonly infraEnvs: Pick<InfraEnvs, 'get'>;
  readonly clock: Clock;
}

const algorithm = 'HS256';

/** Undefined where a text is not a token: what jose throws then is expected, anything else is not. */
const unlessNone = async <Value>(read: () => Value | Promise<Value>): Promise<Value | undefined> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
};

/** JSON Web Tokens of one claim each, `sub`, and an end; the form that assisted-image-service reads. */
export const imageTokens = ({ rootKey, infraEnvs, clock }: Signing): ImageTokens => {
  const keyOf = async (infraEnv: InfraEnv): Promise<Uint8Array> =>
    createHmac('sha256', await rootKey())
      .update(imageKeyName(infraEnv))
      .digest();

  /** Whose key would have to have signed it. */
  const subjectOf = async (token: string): Promise<InfraEnv | undefined> => {
    const claims = await unlessNone(() => decodeJwt(token));
    const id = z.guid().safeParse(claims?.sub);
    return id.success ? infraEnvs.get(id.data) : undefined;
  };

  return {
    issue: async (infraEnv) => {
      const expiresAt = imageTokenExpiry(clock());
      const token = await new SignJWT()
        .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
        .setSubject(infraEnv.id)
        .setExpirationTime(expiresAt)
        .sign(await keyOf(infraEnv));
      return { token, expiresAt };
    },

    open: async (token) => {
      const infraEnv = await subjectOf(token);
      if (infraEnv === undefined) return undefined;
      const key = await keyOf(infraEnv);
      const options = { algorithms: [algorithm], requiredClaims: ['exp'], currentDate: clock() };
      const verified = await unlessNone(() => jwtVerify(token, key, options));
      return verified === undefined ? undefined : infraEnv;
    },
  };
};
