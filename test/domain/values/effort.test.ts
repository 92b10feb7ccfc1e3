import { expect, test } from 'vitest';
import { checkIgnitionOverride } from '#domain/infra-env/ignition-override.ts';
import { checkStaticNetwork } from '#domain/infra-env/static-network.ts';
import { checkNtpSources } from '#domain/values/ntp.ts';
import { checkProxy } from '#domain/values/proxy.ts';
import { checkPullSecret } from '#domain/values/pull-secret.ts';
import { checkSshKeys } from '#domain/values/ssh-key.ts';
import { checkTrustBundle } from '#domain/values/trust-bundle.ts';
import { cpuMilliseconds } from '#test/cpu-time.ts';
import { refusalOf } from './refusal.ts';

const network = (network_yaml: string) =>
  checkStaticNetwork([
    { network_yaml, mac_interface_map: [{ mac_address: '52:54:00:00:00:01', logical_nic_name: 'a' }] },
  ]);
const config = (rest: string) => `{"ignition":{"version":"3.1.0"},${rest}}`;
const numbered = (count: number, separator: string, item: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => item(index)).join(separator);

/** Texts that cost a quadratic or exponential time with a careless pattern, or a stack with a careless walk. */
const hostile: Readonly<Record<string, () => void>> = {
  'SSH key: many beginnings': () => checkSshKeys('-----BEGIN '.repeat(100_000)),
  'SSH key: padding': () => checkSshKeys(`ssh-rsa AAAAB3NzaC1yc2${'='.repeat(1_000_000)}`),
  'SSH key: blanks inside': () => checkSshKeys(`a${' '.repeat(1_000_000)}a`),
  'pull secret: a long registry': () =>
    checkPullSecret(JSON.stringify({ auths: { [`a${'/a'.repeat(60_000)}!`]: {} } })),
  'proxy: many ports': () => checkProxy({ http_proxy: `http://${'a:'.repeat(1000)}"` }),
  'no_proxy: many names': () => checkProxy({ no_proxy: `${numbered(100_000, ',', (index) => `a${index}`)},-` }),
  'NTP: a long address': () =>
    checkNtpSources({ only: '0:'.repeat(500_000), additionalField: 'additional_ntp_sources' }),
  'trust bundle: many beginnings': () => checkTrustBundle('-----BEGIN A-----\nA\n'.repeat(3000)),
  'trust bundle: a long type': () => checkTrustBundle(`-----BEGIN ${'A '.repeat(32_000)}`),
  'override: a deep list': () =>
    checkIgnitionOverride(config(`"storage":${'['.repeat(300_000)}${']'.repeat(300_000)}`)),
  'override: a long string': () => checkIgnitionOverride(config(`"storage":"${'\\"'.repeat(300_000)}"`)),
  'override: a long path': () =>
    checkIgnitionOverride(config(`"storage":{"files":[{"path":"/${'a/'.repeat(400_000)}"}]}`)),
  'static network: a deep list': () => network('- '.repeat(60_000)),
  'static network: many keys': () => network(numbered(12_000, '\n', (index) => `k${index}: 1`)),
};

test.each(Object.entries(hostile))('%s: refused at once and in few words', async (_, check) => {
  const taken = await cpuMilliseconds(() => expect(refusalOf(check)?.length).toBeLessThan(2000));
  expect(taken).toBeLessThan(5000);
});
