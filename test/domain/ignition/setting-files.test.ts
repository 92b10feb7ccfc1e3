import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proxyFiles } from '#domain/host/proxy-environment.ts';
import { timeSourceFiles } from '#domain/host/time-sources.ts';
import { trustAnchorFiles } from '#domain/host/trust-anchor.ts';
import { settingFiles } from '#domain/ignition/setting-parts.ts';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { checkNtpSources } from '#domain/values/ntp.ts';
import { checkProxy } from '#domain/values/proxy.ts';
import { acceptedUrlPart } from '#test/domain/accepted-url-part.ts';
import { certificate } from '#test/domain/values/certificate.ts';
import { decodeFile } from '#test/stand-ins/openshift-install/read-ignition.ts';

type Files = ReturnType<typeof settingFiles>;

const textOf = (files: Files): string => {
  const document = JSON.stringify({ ignition: { version: '3.2.0' }, storage: { files } });
  return decodeFile(document, files[0]?.path ?? '');
};

const isAccepted = (check: () => void): boolean => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

/** As systemd reads it: quotes off, escapes undone, and then `%%` for `%`. */
const unquote = (quoted: string): string => {
  const [, inner] = /^"((?:[^"\\\n]|\\u[0-9a-f]{4})*)"$/.exec(quoted) ?? [];
  if (inner === undefined) throw new Error(`not one quoted word: ${quoted}`);
  const text = inner.replace(/\\u(....)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (/%/.test(text.replaceAll('%%', ''))) throw new Error(`a specifier: ${text}`);
  return text.replaceAll('%%', '%');
};

const environmentOf = (text: string): Record<string, string> => {
  const [section, ...lines] = text.split('\n');
  expect([section, lines.pop()]).toEqual(['[Manager]', '']);
  return Object.fromEntries(
    lines.map((line) => {
      const [, key, quoted = ''] = /^([^=]*)=(.*)$/.exec(line) ?? [];
      expect(key).toBe('DefaultEnvironment');
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(unquote(quoted)) ?? [];
      return [name, value];
    }),
  );
};

describe('the proxy in the environment of all services', () => {
  const url = fc
    .tuple(
      fc.constantFrom('http', 'https'),
      acceptedUrlPart,
      acceptedUrlPart,
      fc.constantFrom('', ':3128'),
      acceptedUrlPart,
    )
    .map(([scheme, user, password, port, path]) => `${scheme}://${user}:${password}@proxy.example${port}/${path}`);
  const list = fc.uniqueArray(fc.constantFrom('.example', '192.0.2.0/24', '2001:db8::1', 'a_b'), { minLength: 1 });
  const accepted = fc
    .record({ http_proxy: url, https_proxy: url, no_proxy: list.map((entries) => entries.join()) })
    .filter((proxy) => isAccepted(() => checkProxy(proxy)));

  it('holds any accepted value byte for byte, in three lines', () => {
    fc.assert(
      fc.property(accepted, (proxy) => {
        expect(environmentOf(textOf(proxyFiles({ proxy })))).toEqual({
          HTTP_PROXY: proxy.http_proxy,
          HTTPS_PROXY: proxy.https_proxy,
          NO_PROXY: proxy.no_proxy,
        });
      }),
    );
  });

  it('holds any other value too: none adds a line, a variable or a specifier', () => {
    const awkward = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('a"\nB=1', '\\', '%n', '%%', '\r\u2028', '"'),
    );
    fc.assert(
      fc.property(
        awkward.filter((value) => value !== ''),
        (value) => {
          expect(environmentOf(textOf(proxyFiles({ proxy: { no_proxy: value } })))).toEqual({ NO_PROXY: value });
        },
      ),
    );
  });

  it('is for root alone', () => {
    expect(proxyFiles({ proxy: { no_proxy: '*' } })).toMatchObject([{ mode: 0o600, user: { name: 'root' } }]);
  });
});

describe('time sources', () => {
  const name = fc.oneof(fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,20}[a-z0-9]$/), fc.ipV4(), fc.ipV6());
  const sources = fc
    .uniqueArray(name, { minLength: 1, maxLength: 5 })
    .filter((list) =>
      isAccepted(() => checkNtpSources({ additional: list.join(), additionalField: 'additional_ntp_sources' })),
    );
  const directives = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

  it.each([
    ['additional_ntp_sources', ['makestep']],
    ['ntp_sources', ['makestep', 'driftfile', 'rtcsync', 'logdir']],
  ] as const)('%s: any accepted one is a server as it is, and adds no other directive', (setting, others) => {
    fc.assert(
      fc.property(sources, (list) => {
        const lines = directives(textOf(timeSourceFiles({ [setting]: list.join() })));
        expect(lines.slice(0, list.length)).toEqual(list.map((source) => `server ${source} iburst`));
        expect(lines.slice(list.length).map((line) => line.split(' ')[0])).toEqual(others);
      }),
    );
  });

  it('are added behind the file of the image, whether that ends in a line end or not', () => {
    const [file] = timeSourceFiles({ additional_ntp_sources: 'a.example' });
    expect(file).toMatchObject({ path: '/etc/chrony.conf', mode: 0o644 });
    expect(file).not.toHaveProperty('contents');
    expect(file).not.toHaveProperty('overwrite');
    expect(textOf(timeSourceFiles({ additional_ntp_sources: 'a.example' }))).toMatch(/^\n.*\n$/s);
  });

  it('replace that file when they are the only ones', () => {
    const [file] = timeSourceFiles({ ntp_sources: 'a.example' });
    expect(file).toMatchObject({ path: '/etc/chrony.conf', overwrite: true, mode: 0o644 });
    expect(file).not.toHaveProperty('append');
  });
});

describe('the trust bundle', () => {
  it('is an anchor that everybody may read', () => {
    const files = trustAnchorFiles({ additional_trust_bundle: certificate });
    expect(files).toMatchObject([{ mode: 0o644, overwrite: true }]);
    expect(textOf(files)).toBe(`${certificate}\n`);
  });
});

it.each<[string, InfraEnvSettings]>([
  ['no settings', {}],
  ['settings that need none', { kernel_arguments: [], network_discovery_delay_seconds: 5, ssh_authorized_key: 'k' }],
])('%s: no files', (_, settings) => {
  expect(settingFiles({ type: 'disconnected-iso', settings })).toEqual([]);
});
