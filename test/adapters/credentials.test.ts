import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { credentialStore } from '#adapters/credentials.ts';
import { pullSecretKeeper } from '#adapters/pull-secrets.ts';
import { credentialKey } from '#adapters/secret-watch.ts';
import { answersLost } from './answers-lost.ts';
import { testKeyring } from './keyring.ts';
import { storedTable } from './stored-table.ts';

const { time: _, ...table } = await storedTable();
const keyring = await testKeyring();
const store = credentialStore({ ...table, keyring });
const keeper = pullSecretKeeper({ ...table, keyring });

const canary = `canary-${randomUUID()}`;
const credentials = { USER_AUTH_TOKEN: canary };
const subject = () => ({ infraEnvId: randomUUID(), userName: 'ann' });

const stored = async ({ infraEnvId }: ReturnType<typeof subject>) =>
  (await table.client.send(new GetCommand({ TableName: table.tableName, Key: credentialKey(infraEnvId) }))).Item;

describe('the credentials of an infra-env', () => {
  it('are those of the first writer', async () => {
    const mine = subject();
    expect(await store.read(mine)).toBeUndefined();
    expect(await store.keepFirst({ ...mine, credentials, expiresAt: 1 })).toEqual(credentials);
    expect(await store.keepFirst({ ...mine, credentials: { A: 'b' }, expiresAt: 1 })).toEqual(credentials);
    expect(await store.read(mine)).toEqual(credentials);
  });

  it('whose answer is lost are known for the writer’s own', async () => {
    const mine = subject();
    const losing = credentialStore({ ...table, client: answersLost(table.client), keyring });
    expect(await losing.keepFirst({ ...mine, credentials, expiresAt: 1 })).toEqual(credentials);
  });

  it('are not in the table in any readable form', async () => {
    await store.keepFirst({ ...subject(), credentials, expiresAt: 1 });
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
    expect(JSON.stringify(Items)).not.toContain(canary);
    expect(Buffer.concat(Items.map(({ ciphertext }) => Buffer.from(ciphertext))).includes(canary)).toBe(false);
  });

  it('cannot be decrypted for another owner or infra-env', async () => {
    const [mine, theirs] = [subject(), subject()];
    await store.keepFirst({ ...mine, credentials, expiresAt: 1 });
    const moved = { ...(await stored(mine)), ...credentialKey(theirs.infraEnvId) };
    await table.client.send(new PutCommand({ TableName: table.tableName, Item: moved }));
    await expect(store.read(theirs)).rejects.toThrow('credentials of another infra-env');
    await expect(store.read({ ...mine, userName: 'bob' })).rejects.toThrow('credentials of another owner');
  });

  it('live and go with the pull secret', async () => {
    const mine = subject();
    const secret = { ...mine, pullSecretId: randomUUID() };
    await keeper.store({ ...secret, pullSecret: '{}', expiresAt: 1 });
    await store.keepFirst({ ...mine, credentials, expiresAt: 1 });
    await keeper.extend({ ...secret, expiresAt: 77 });
    expect(await stored(mine)).toMatchObject({ expiresAt: 77 });
    await keeper.removeAll(secret);
    expect(await stored(mine)).toBeUndefined();
  });

  it('stay when the pull secret is replaced', async () => {
    const mine = subject();
    const secret = { ...mine, pullSecretId: randomUUID() };
    await keeper.store({ ...secret, pullSecret: '{}', expiresAt: 1 });
    await store.keepFirst({ ...mine, credentials, expiresAt: 1 });
    await keeper.remove(secret);
    expect(await store.read(mine)).toEqual(credentials);
  });

  it('can be removed alone', async () => {
    const mine = subject();
    await store.keepFirst({ ...mine, credentials, expiresAt: 1 });
    await store.remove(mine);
    expect(await store.read(mine)).toBeUndefined();
  });
});
