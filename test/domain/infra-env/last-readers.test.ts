import { describe, expect, it, test } from 'vitest';
import { type InfraEnvSettings, infraEnvUpdateParams } from '#domain/infra-env/infra-env-settings.ts';
import { changedSettings } from '#domain/infra-env/setting-application.ts';
import { type SettingKey, settingKeys, settingTable } from '#domain/infra-env/setting-table.ts';
import { curveKey, integer, madeCertificate, nameOf } from '#test/domain/values/certificate/made-certificate.ts';
import { certificate } from '#test/domain/values/certificate.ts';
import { dsaKey, ed25519Key } from '#test/domain/values/openssh-key.ts';
import { settingSamples } from '#test/scenarios/setting-samples.ts';

const type = 'disconnected-iso';

/** The part of infraenv.yaml that a request with this value makes. @throws InvalidInput */
const specOf = (key: SettingKey, value: unknown): object => {
  const params = infraEnvUpdateParams.parse({ [key]: value });
  return settingTable[key].manifestSpec(changedSettings({}, { call: 'update', type, params }));
};

const pem = (bytes: Buffer) => `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64')}\n-----END CERTIFICATE-----`;
const http = (http_proxy: string) => ({ http_proxy });
const without = (no_proxy: string) => ({ http_proxy: 'http://proxy.lab', no_proxy });
const key = ed25519Key();

/** What each last reader refuses as it is, and no rule of the published API forbids everywhere. */
const refusedOnSite: Partial<Record<SettingKey, readonly unknown[]>> = {
  ssh_authorized_key: [`no-pty ${key}`, dsaKey(2048), `${key}\n\n${key}`, `${ed25519Key('')}=`],
  proxy: [
    http('https://proxy.lab'),
    http('http://proxy-.lab'),
    http('http://a.b_c.lab'),
    http('http://240.0.0.1'),
    http('http://user:p/ss@proxy.lab'),
    http('http://user:12/ss@proxy.lab'),
    http('http://user:%zz@proxy.lab'),
    http('http://proxy.lab:99999'),
    without('a,a'),
    without('a_b'),
    without('a-.lab'),
    without('10.0.0.0/33'),
    without('*,10.0.0.0/33'),
    without('a.*.lab'),
    without('a, b'),
  ],
  additional_ntp_sources: ['Time.lab', 'a_b', 'a.lab, b.lab', 'a.lab,', '-a.lab', 'a.lab-'],
  ntp_sources: ['Time.lab', 'a.lab,'],
  additional_trust_bundle: [
    pem(madeCertificate({ serial: integer(0xfb) })),
    pem(madeCertificate({ key: curveKey('secp256k1') })),
    pem(madeCertificate({ key: curveKey('P-256', 'explicit') })),
    pem(madeCertificate({ subject: nameOf(0x13, 'My_CA') })),
    `${certificate}\ntext behind`,
    `a ${certificate}`,
    certificate.replace('\n-----END', '-----END'),
    certificate.slice(0, -5),
  ],
};

/** What it would refuse too, and how it comes to it instead. */
const putRight: readonly (readonly [SettingKey, unknown, object])[] = [
  ['ssh_authorized_key', `  ${key}  \n`, { sshAuthorizedKey: key }],
  ['proxy', http('HTTP://proxy.lab'), { proxy: { httpProxy: 'http://proxy.lab' } }],
  ['proxy', without('*.lab,A,,a'), { proxy: { httpProxy: 'http://proxy.lab', noProxy: '.lab,a' } }],
  ['proxy', without('a,*'), { proxy: { httpProxy: 'http://proxy.lab', noProxy: '*' } }],
  ['additional_ntp_sources', 'a.lab,a.lab', { additionalNTPSources: ['a.lab'] }],
  ['additional_trust_bundle', `  ${certificate.replaceAll('\n', '\n  ')}\n`, { additionalTrustBundle: certificate }],
];

describe.each(Object.entries(refusedOnSite))('%s', (setting, values) => {
  it.each(values.map((value) => [value]))('is refused here as there: %j', (value) => {
    expect(() => specOf(setting as SettingKey, value)).toThrow(expect.objectContaining({ name: 'InvalidInput' }));
  });
});

test.each(putRight)('%s comes in order to its reader: %j', (setting, value, spec) => {
  expect(specOf(setting, value)).toEqual(spec);
});

test('every setting in infraenv.yaml has its list', () => {
  const sampleOf = (setting: SettingKey): InfraEnvSettings => ({ [setting]: settingSamples[setting].value });
  const carried = settingKeys.filter(
    (setting) => Object.keys(settingTable[setting].manifestSpec(sampleOf(setting))).length > 0,
  );
  expect(Object.keys(refusedOnSite)).toEqual(carried);
});
