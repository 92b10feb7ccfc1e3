import { randomBytes, randomUUID } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imageTokens, kmsRootKey } from '#adapters/image-tokens.ts';
import { withNextImageKey } from '#domain/infra-env/image-token.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { type Listening, listen } from '#emulators/http/listen.ts';
import { keyArn, kmsServer, macKeyArn } from '#emulators/kms/kms-server.ts';
import { anInfraEnv } from '#test/fakes/records.ts';

const start = new Date('2026-03-01T12:00:00.000Z');
const time = { now: start };
const stored = new Map<string, InfraEnv>();
const rootKey = randomBytes(32);

const tokensWith = (key: Uint8Array) =>
  imageTokens({
    rootKey: async () => key,
    infraEnvs: { get: async (id) => stored.get(id) },
    clock: () => time.now,
  });
const tokens = tokensWith(rootKey);

const store = (changes: Partial<InfraEnv> = {}): InfraEnv => {
  const infraEnv = anInfraEnv({ id: randomUUID(), ...changes });
  stored.set(infraEnv.id, infraEnv);
  return infraEnv;
};

const issued = async (infraEnv: InfraEnv): Promise<string> => (await tokens.issue(infraEnv)).token;

beforeEach(() => {
  time.now = start;
});

describe('an image token', () => {
  it('has the claims that assisted-image-service reads, and says when it ends', async () => {
    const infraEnv = store();
    const { token, expiresAt } = await tokens.issue(infraEnv);
    const [header = '', claims = ''] = token.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      sub: infraEnv.id,
      exp: expiresAt.getTime() / 1000,
    });
    expect(expiresAt.toISOString()).toBe('2026-03-01T20:00:00.000Z');
  });

  it('opens its infra-env until it ends', async () => {
    const infraEnv = store();
    const { token, expiresAt } = await tokens.issue(infraEnv);
    time.now = new Date(expiresAt.getTime() - 1);
    expect(await tokens.open(token)).toEqual(infraEnv);
    time.now = expiresAt;
    expect(await tokens.open(token)).toBeUndefined();
  });

  it('is the same within 4 hours, another one after', async () => {
    const infraEnv = store();
    const token = await issued(infraEnv);
    time.now = new Date(start.getTime() + 4 * 60 * 60 * 1000 - 1);
    expect(await issued(infraEnv)).toBe(token);
    time.now = new Date(time.now.getTime() + 1);
    expect(await issued(infraEnv)).not.toBe(token);
  });

  it('opens nothing but what it was issued for: one infra-env and one version of its key', async () => {
    const version = fc.integer({ min: 1, max: 50 });
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.uuid(), version, version, async (id, otherId, imageKeyVersion, otherVersion) => {
        fc.pre(id !== otherId);
        store({ id: otherId, imageKeyVersion });
        const infraEnv = store({ id, imageKeyVersion });
        const token = await issued(infraEnv);
        expect((await tokens.open(token))?.id).toBe(id);
        store({ id, imageKeyVersion: otherVersion });
        expect((await tokens.open(token))?.imageKeyVersion).toBe(
          imageKeyVersion === otherVersion ? imageKeyVersion : undefined,
        );
      }),
    );
  });

  it('of a signing key that was counted up opens nothing any more', async () => {
    const infraEnv = store();
    const token = await issued(infraEnv);
    const next = withNextImageKey(infraEnv);
    store(next);
    expect(await tokens.open(token)).toBeUndefined();
    expect(await tokens.open(await issued(next))).toEqual(next);
  });
});

describe('what is no token', () => {
  const opened = async (forge: (infraEnv: InfraEnv, token: string) => string | Promise<string>) => {
    const infraEnv = store();
    return tokens.open(await forge(infraEnv, await issued(infraEnv)));
  };
  const exp = start.getTime() / 1000 + 60;

  it.each<[string, (infraEnv: InfraEnv, token: string) => string | Promise<string>]>([
    ['one of an infra-env that is gone', ({ id }, token) => (stored.delete(id) ? token : '')],
    ['one by another root key', async (infraEnv) => (await tokensWith(randomBytes(32)).issue(infraEnv)).token],
    [
      'one by the root key itself',
      ({ id }) => new SignJWT({ sub: id, exp }).setProtectedHeader({ alg: 'HS256' }).sign(rootKey),
    ],
    ['one without a signature', ({ id }) => new UnsecuredJWT({ sub: id, exp }).encode()],
    ['a cut off one', (_, token) => token.slice(0, -2)],
    ['the id', ({ id }) => id],
    ['nothing', () => ''],
  ])('opens nothing: %s', async (_, forge) => {
    expect(await opened(forge)).toBeUndefined();
  });

  it('opens nothing, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.base64String().map((part) => `${part}.${part}.${part}`),
        ),
        async (text) => {
          expect(await tokens.open(text)).toBeUndefined();
        },
      ),
    );
  });

  it('opens nothing when any one character of it was changed', async () => {
    const token = await issued(store());
    // Of the last character some bits say nothing.
    const place = fc.nat(token.length - 2);
    const character = fc.constantFrom(...'ABCabc012-_.');
    await fc.assert(
      fc.asyncProperty(place, character, async (at, other) => {
        fc.pre(token[at] !== other);
        expect(await tokens.open(`${token.slice(0, at)}${other}${token.slice(at + 1)}`)).toBeUndefined();
      }),
    );
  });
});

describe('the root key', () => {
  let service: Listening;
  let client: KMSClient;

  beforeAll(async () => {
    service = await listen(kmsServer(randomBytes(32)));
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    client = new KMSClient({ endpoint: service.endpoint, region: 'us-east-1', credentials });
  });

  afterAll(() => service.close());

  it('is derived by KMS: the same wherever it is asked for', async () => {
    const key = await kmsRootKey(macKeyArn, client)();
    expect(key).toHaveLength(32);
    expect(await kmsRootKey(macKeyArn, client)()).toEqual(key);
  });

  it('is asked for once', async () => {
    const ask = kmsRootKey(macKeyArn, client);
    expect(await ask()).toBe(await ask());
  });

  it('is asked for again after a failure', async () => {
    const ask = kmsRootKey(keyArn, client);
    await expect(ask()).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
    await expect(ask()).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
  });
});
