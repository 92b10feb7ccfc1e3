import { randomUUID } from 'node:crypto';
import { buildEncrypt } from '@aws-crypto/encrypt-node';
import { CommitmentPolicy } from '@aws-crypto/material-management-node';
import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { pullSecretKeeper, pullSecretReader } from '#adapters/pull-secrets.ts';
import { pullSecretKey } from '#adapters/secret-watch.ts';
import { answersLost } from './answers-lost.ts';
import { testKeyring } from './keyring.ts';
import { storedTable } from './stored-table.ts';

const { time: _, ...table } = await storedTable();
const keyring = await testKeyring();
const keeper = pullSecretKeeper({ ...table, keyring });
const reader = pullSecretReader({ ...table, keyring });

const canary = `canary-${randomUUID()}`;
const pullSecret = JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from(`user:${canary}`).toString('base64') } } });
const subject = () => ({ infraEnvId: randomUUID(), pullSecretId: randomUUID(), userName: 'ann' });

/** Writes a ciphertext in the place of the stored one. */
const replace = async (secret: ReturnType<typeof subject>, ciphertext: Uint8Array): Promise<void> => {
  const Item = { ...(await stored(secret)), ciphertext };
  await table.client.send(new PutCommand({ TableName: table.tableName, Item }));
};

const stored = async (secret: ReturnType<typeof subject>) => {
  const key = pullSecretKey(secret.infraEnvId, secret.pullSecretId);
  return (await table.client.send(new GetCommand({ TableName: table.tableName, Key: key }))).Item;
};

describe('a pull secret', () => {
  it('is read as it was stored, also when it is larger than KMS itself takes', async () => {
    const [secret, large] = [subject(), `{"auths":{"x":{"auth":"${'A'.repeat(20_000)}"}}}`];
    await keeper.store({ ...secret, pullSecret: large, expiresAt: 1 });
    expect(await reader.read(secret)).toBe(large);
  });

  it('is not in the table in any readable form', async () => {
    await keeper.store({ ...subject(), pullSecret, expiresAt: 1 });
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
    const bytes = Buffer.concat(Items.map(({ ciphertext }) => Buffer.from(ciphertext)));
    for (const form of [canary, Buffer.from(`user:${canary}`).toString('base64')]) {
      expect(JSON.stringify(Items)).not.toContain(form);
      expect(bytes.includes(form)).toBe(false);
    }
  });

  it('is not there for another id or after its removal', async () => {
    const secret = subject();
    await keeper.store({ ...secret, pullSecret, expiresAt: 1 });
    expect(await reader.read({ ...secret, pullSecretId: randomUUID() })).toBeUndefined();
    await keeper.remove(secret);
    expect(await reader.read(secret)).toBeUndefined();
  });

  it('whose answer is lost is known for its own writer’s when it is stored again', async () => {
    const secret = subject();
    const losing = pullSecretKeeper({ ...table, client: answersLost(table.client), keyring });
    await losing.store({ ...secret, pullSecret, expiresAt: 1 });
    expect(await reader.read(secret)).toBe(pullSecret);
  });

  it('goes with all others of its infra-env, and with no other infra-env’s', async () => {
    const [one, another] = [subject(), subject()];
    const beside = { ...one, pullSecretId: randomUUID() };
    for (const secret of [one, beside, another]) await keeper.store({ ...secret, pullSecret, expiresAt: 1 });
    await keeper.removeAll(one);
    expect(await Promise.all([one, beside, another].map(stored))).toEqual([undefined, undefined, expect.anything()]);
  });

  it('is never overwritten', async () => {
    const secret = subject();
    await keeper.store({ ...secret, pullSecret, expiresAt: 1 });
    await expect(keeper.store({ ...secret, pullSecret: '{}', expiresAt: 1 })).rejects.toThrow();
    expect(await reader.read(secret)).toBe(pullSecret);
  });

  it('cannot be decrypted for another owner or infra-env, wherever its ciphertext is moved', async () => {
    const [mine, theirs] = [subject(), subject()];
    await keeper.store({ ...mine, pullSecret, expiresAt: 1 });
    const item = await stored(mine);
    const moved = { ...item, ...pullSecretKey(theirs.infraEnvId, theirs.pullSecretId) };
    await table.client.send(new PutCommand({ TableName: table.tableName, Item: moved }));
    await expect(reader.read(theirs)).rejects.toThrow('pull secret of another infra-env');
    await expect(reader.read({ ...mine, userName: 'bob' })).rejects.toThrow('pull secret of another owner');
  });

  it('of an earlier version, which signed it besides, is read', async () => {
    const secret = subject();
    await keeper.store({ ...secret, pullSecret: '{}', expiresAt: 1 });
    const { encrypt } = buildEncrypt(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
    const { infraEnvId, pullSecretId, userName } = secret;
    const encryptionContext = { 'infra-env': infraEnvId, 'pull-secret': pullSecretId, owner: userName };
    const { result } = await encrypt(await keyring(), pullSecret, { encryptionContext });
    await replace(secret, result);
    expect(await reader.read(secret)).toBe(pullSecret);
  });

  it('of which any part was changed is refused', async () => {
    const secret = subject();
    await keeper.store({ ...secret, pullSecret, expiresAt: 1 });
    const ciphertext: Uint8Array = (await stored(secret))?.ciphertext;
    for (const place of [0.05, 0.3, 0.6, 0.99]) {
      const changed = Uint8Array.from(ciphertext);
      const at = Math.floor(changed.length * place);
      changed[at] = Number(changed[at]) ^ 1;
      await replace(secret, changed);
      await expect(reader.read(secret)).rejects.toThrow();
    }
  });

  it('lives as long as it is told', async () => {
    const secret = subject();
    await keeper.store({ ...secret, pullSecret, expiresAt: 1 });
    await keeper.extend({ ...secret, expiresAt: 77 });
    expect(await stored(secret)).toMatchObject({ expiresAt: 77 });
    await keeper.extend({ ...subject(), expiresAt: 77 });
  });
});
