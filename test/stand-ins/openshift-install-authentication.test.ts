import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { agentConfig, installerFixture, type Situation } from './openshift-install/installer-fixture.ts';
import { decodeFile, type IgnitionDocument } from './openshift-install/read-ignition.ts';

const { given } = installerFixture();

const service = '/usr/local/share/assisted-service/assisted-service.env';
const rendezvous = '/etc/assisted/rendezvous-host.env';
const template = `${rendezvous}.template`;

const valueIn = (ignition: IgnitionDocument, path: string, name: string): string =>
  new RegExp(`^${name}=(.*)$`, 'm').exec(decodeFile(ignition, path))?.[1] ?? '';

const isSigned = (token: string, key: string): boolean => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key: createPublicKey(Buffer.from(key, 'base64').toString()), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
};

const run = async (situation: Situation) =>
  (await given({ files: agentConfig('rendezvousIP: 192.0.2.10'), ...situation })).ignition();

describe('G4', () => {
  const tokens = [
    [service, 'USER_AUTH_TOKEN'],
    [service, 'WATCHER_AUTH_TOKEN'],
    [rendezvous, 'PULL_SECRET_TOKEN'],
    [rendezvous, 'USER_AUTH_TOKEN'],
    [template, 'PULL_SECRET_TOKEN'],
    [template, 'USER_AUTH_TOKEN'],
  ] as const;

  test("has tokens of its own run, which the key beside them verifies, and no other run's does", async () => {
    const [one, other] = [await run({ generation: 'G4' }), await run({ generation: 'G4' })];
    const [key, otherKey] = [one, other].map((ignition) => valueIn(ignition, service, 'EC_PUBLIC_KEY_PEM'));
    expect(createPublicKey(Buffer.from(key ?? '', 'base64').toString()).asymmetricKeyDetails?.namedCurve).toBe(
      'prime256v1',
    );
    for (const [path, name] of tokens) {
      const token = valueIn(one, path, name);
      expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({
        alg: 'ES256',
      });
      expect([isSigned(token, key ?? ''), isSigned(token, otherKey ?? '')]).toEqual([true, false]);
    }
    expect(valueIn(one, service, 'AUTH_TYPE')).toBe('agent-installer-local');
  });

  test('has one user token, wherever it stands', async () => {
    const ignition = await run({ generation: 'G4' });
    const [first, ...rest] = [service, rendezvous, template].map((path) => valueIn(ignition, path, 'USER_AUTH_TOKEN'));
    expect(rest).toEqual([first, first]);
  });
});

test.each(['G1', 'G2', 'G2z', 'G3'] as const)('%s asks for no token', async (generation) => {
  const ignition = await run({ generation, args: generation === 'G1' ? ['--interactive'] : [] });
  expect(valueIn(ignition, service, 'AUTH_TYPE')).toBe('none');
  expect(decodeFile(ignition, service)).not.toMatch(/TOKEN|PUBLIC_KEY/);
  expect(decodeFile(ignition, rendezvous)).not.toContain('TOKEN');
});
