import { describe, expect, it, test } from 'vitest';
import { overriddenCluster } from '#domain/cluster/install-config-overrides.ts';
import { certificate } from '../values/certificate.ts';
import { refusalOf } from '../values/refusal.ts';
import { later, registered } from './samples.ts';

const overridden = (overrides: string, cluster = registered()) => overriddenCluster({ cluster, overrides, now: later });
const refusal = (overrides: unknown) => refusalOf(() => overridden(JSON.stringify(overrides)));

describe('a cluster with overrides', () => {
  it('keeps them as they were written, and everything else', () => {
    const before = registered();
    const after = overridden('{ "fips": true }', before);
    expect(after.settings).toEqual({ ...before.settings, install_config_overrides: '{ "fips": true }' });
    expect(after).toMatchObject({ version: before.version + 1, updatedAt: later.toISOString(), status: before.status });
    expect(after.expiresAt).toBeGreaterThan(before.expiresAt);
  });

  it('has the last ones only', () => {
    const after = overridden('{"sshKey":"x"}', overridden('{"fips":true}'));
    expect(after.settings.install_config_overrides).toBe('{"sshKey":"x"}');
  });

  it('has none after an empty text', () => {
    expect(overridden('', overridden('{"fips":true}')).settings).toEqual(registered().settings);
  });

  test.each([
    { additionalTrustBundle: certificate },
    { featureSet: null },
    { compute: [], controlPlane: { replicas: 5 }, arbiter: { replicas: 1 } },
    { networking: { anything: 'for the installer to judge' } },
  ])('may have %j', (overrides) => {
    expect(refusal(overrides)).toBeUndefined();
  });
});

describe('overrides that are refused', () => {
  const nested = (depth: number): unknown => (depth === 0 ? {} : { deeper: nested(depth - 1) });

  test.each([
    ['an unknown member', { foo: 1 }, 'json: unknown field "foo"'],
    ['a text for a number', { fips: 'yes' }, 'json: cannot unmarshal into install config field "fips" of type boolean'],
    ['a list', [], 'json: cannot unmarshal into install config field "" of type object'],
    ['null', null, 'json: cannot unmarshal into install config field "" of type object'],
    ['no certificate', { additionalTrustBundle: 'mine' }, 'invalid block'],
    [
      'what is nested too deeply',
      { platform: nested(50) },
      'install config overrides are not valid: it is nested deeper than 50 levels',
    ],
  ])('%s', (_, overrides, message) => {
    expect(refusal(overrides)).toBe(message);
  });

  test.each([
    ['no JSON', '{"sshKey": canary', 'it is not valid JSON'],
    ['a key twice', '{"sshKey":"canary","sshKey":"canary"}', 'the key sshKey is there twice'],
  ])('%s, without a value of it', (_, overrides, reason) => {
    expect(refusalOf(() => overridden(overrides))).toBe(`install config overrides are not valid: ${reason}`);
  });

  it('nothing is too deep to be refused', () => {
    const depth = 200_000;
    expect(refusalOf(() => overridden(`{"platform":${'['.repeat(depth)}${']'.repeat(depth)}}`))).toContain(
      'nested deeper',
    );
  });

  test.each([
    ['pullSecret', { pullSecret: 'canary' }],
    ['PULLSECRET', { PULLSECRET: 'canary' }],
    ['password', { platform: { vsphere: { vcenters: [{ server: 'x', password: 'canary' }] } } }],
    ['Password', { platform: { baremetal: { hosts: [{ bmc: { Password: 'canary' } }] } } }],
  ])('a secret: %s', (key, overrides) => {
    expect(refusal(overrides)).toBe(
      `install config overrides are kept and answered in clear and must hold no secret: remove ${key}`,
    );
  });
});
