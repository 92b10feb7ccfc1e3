import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { embedAreaSize, packedSize } from '#domain/ignition/check.ts';
import { checkFits, leastPackedSize } from '#domain/ignition/size-estimate.ts';
import { standardIgnition } from '#domain/ignition/standard/standard-ignition.ts';
import type { ImageType } from '#domain/infra-env/image-type.ts';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { generations } from '#local/sample-release/openshift-install/make-installer.ts';
import { anInfraEnv } from '#test/fakes/records.ts';
import { agent, goodPullSecret, world } from './world.ts';

/** Hexadecimal digits that pack to about half their number, other ones for each seed. */
const digits = (length: number, seed = 0): string => {
  const blocks = Array.from({ length: Math.ceil(length / 128) }, (_, block) =>
    createHash('sha512').update(`${seed} ${block}`).digest('hex'),
  );
  return blocks.join('').slice(0, length);
};

const text = fc
  .tuple(fc.integer({ min: 1, max: 40_000 }), fc.nat(), fc.boolean())
  .map(([length, seed, isUniform]) => (isUniform ? 'a'.repeat(length) : digits(length, seed)));

const names = fc.array(fc.domain(), { minLength: 1, maxLength: 200 }).map((list) => list.join(','));

const host = (index: number) => ({
  network_yaml: `interfaces: [{name: eth0, type: ethernet, ipv4: {enabled: true, address: [{ip: 192.0.2.${index}, prefix-length: 24}]}}]`,
  mac_interface_map: [{ mac_address: `f8:75:a4:a4:00:${String(index).padStart(2, '0')}`, logical_nic_name: 'eth0' }],
});

const override = fc.array(text, { maxLength: 3 }).map((contents) =>
  JSON.stringify(
    {
      ignition: { version: '3.2.0' },
      storage: {
        files: contents.map((source, index) => ({ path: `/opt/${index}`, contents: { source: `data:,${source}` } })),
      },
    },
    null,
    4,
  ),
);

const settings: fc.Arbitrary<InfraEnvSettings> = fc.record(
  {
    ssh_authorized_key: text.map((key) => `ssh-rsa ${key} one@edge\nssh-ed25519 AAAA two@edge`),
    proxy: fc.record(
      { http_proxy: text.map((path) => `http://proxy.example/${path}`), no_proxy: names },
      { requiredKeys: [] },
    ),
    additional_ntp_sources: names,
    additional_trust_bundle: text.map((body) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`),
    ignition_config_override: override,
    static_network_config: fc
      .integer({ min: 1, max: 3 })
      .map((count) => Array.from({ length: count }, (_, i) => host(i + 1))),
  },
  { requiredKeys: [] },
);

describe('the estimate of the packed size', () => {
  it('is never more than what the generation makes of the settings, in all generations', async () => {
    const generation = fc.constantFrom(...generations);
    const property = fc.asyncProperty(settings, generation, async (given, made) => {
      const here = await world({ generation: made, infraEnv: { settings: given } });
      await here.run();
      const exact = packedSize(Buffer.from(here.ignition()));
      expect(leastPackedSize({ infraEnv: here.infraEnv, pullSecret: goodPullSecret })).toBeLessThanOrEqual(exact);
    });
    await fc.assert(property, { numRuns: 10, endOnFailure: true });
  });

  it.each(['full-iso', 'minimal-iso'] as const)('is never more than what a %s gets', (type) => {
    const secret = text.map((auth) => JSON.stringify({ auths: { 'quay.io': { auth } } }, null, 4));
    fc.assert(
      fc.property(settings, secret, (given, pullSecret) => {
        const infraEnv = anInfraEnv({ type, settings: given });
        const exact = packedSize(Buffer.from(JSON.stringify(standardIgnition({ infraEnv, pullSecret, agent }))));
        expect(leastPackedSize({ infraEnv, pullSecret })).toBeLessThanOrEqual(exact);
      }),
    );
  });

  const sizeOf = (given: InfraEnvSettings, pullSecret?: string, type: ImageType = 'disconnected-iso') =>
    leastPackedSize({ infraEnv: anInfraEnv({ type, settings: given }), pullSecret });

  it.each<[string, InfraEnvSettings]>([
    ['SSH keys', { ssh_authorized_key: digits(40_000) }],
    ['a trust bundle', { additional_trust_bundle: digits(40_000) }],
    ['time sources', { ntp_sources: digits(40_000) }],
  ])('of a full or minimal ISO grows with %s', (_, given) => {
    expect(sizeOf(given, undefined, 'full-iso') - sizeOf({}, undefined, 'full-iso')).toBeGreaterThan(20_000);
  });

  it.each<[string, InfraEnvSettings, number]>([
    ['SSH keys, which land twice', { ssh_authorized_key: digits(40_000) }, 40_000],
    ['a long trust bundle, which lands twice', { additional_trust_bundle: digits(60_000) }, 60_000],
    ['time sources', { additional_ntp_sources: digits(40_000) }, 20_000],
    ['a proxy', { proxy: { no_proxy: digits(20_000) } }, 10_000],
  ])('grows with %s', (_, given, bytes) => {
    expect(sizeOf(given) - sizeOf({})).toBeGreaterThan(bytes);
  });

  it('grows with the pull secret, where that is at hand, but not with its layout', () => {
    const secret = JSON.stringify({ auths: { 'quay.io': { auth: digits(20_000) } } });
    expect(sizeOf({}, secret) - sizeOf({})).toBeGreaterThan(10_000);
    expect(sizeOf({}, `${secret}${' '.repeat(300_000)}`)).toBe(sizeOf({}, secret));
  });

  it('does not count what an override takes the place of', () => {
    const file = {
      path: '/etc/systemd/system.conf.d/10-default-env.conf',
      overwrite: true,
      contents: { source: 'data:,' },
    };
    const ignition_config_override = JSON.stringify({ ignition: { version: '3.2.0' }, storage: { files: [file] } });
    expect(sizeOf({ proxy: { no_proxy: digits(20_000) }, ignition_config_override })).toBeLessThan(1_000);
  });
});

describe('settings that cannot fit', () => {
  const check = (given: InfraEnvSettings, type: 'disconnected-iso' | 'full-iso' = 'disconnected-iso') =>
    checkFits({ infraEnv: anInfraEnv({ type, settings: given }) });

  const big = JSON.stringify({
    ignition: { version: '3.2.0' },
    storage: { files: [{ path: '/etc/big', contents: { source: `data:,${digits(600 * 1024)}` } }] },
  });

  it.each(['disconnected-iso', 'full-iso'] as const)('are refused for %s, the biggest contributors first', (type) => {
    expect(() => check({ ignition_config_override: big, ssh_authorized_key: digits(20_000) }, type)).toThrow(
      /^The ignition archive size \(\d+ KiB\) is over the maximum allowable size \(256 KiB\)\. What takes most: \/etc\/big \(3\d\d KiB\), /,
    );
  });

  it('are those and no smaller ones: what fills the room is left to the generation', () => {
    const room = { ignition_config_override: big.replace(digits(600 * 1024), digits(400 * 1024)) };
    expect(() => check(room)).not.toThrow();
    expect(leastPackedSize({ infraEnv: anInfraEnv({ settings: room }) })).toBeGreaterThan(embedAreaSize * 0.75);
  });
});
