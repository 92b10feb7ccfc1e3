import fc from 'fast-check';
import { dump, load, loadAll, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { networkManifest } from '#domain/ignition/network-manifests.ts';
import type { HostNetwork } from '#domain/infra-env/static-network.ts';

const infraEnvId = '22222222-2222-4222-8222-222222222222';

const host = (network_yaml: string, ...nics: string[]): HostNetwork => ({
  network_yaml,
  mac_interface_map: nics.map((logical_nic_name, index) => ({
    mac_address: `F8:75:a4:a4:00:0${index}`,
    logical_nic_name,
  })),
});

/** As the binary reads it: cut at the separators, whatever they stand in, then each by the rules of YAML 1.1. */
const documentsIn = (manifest: string): unknown[] =>
  manifest.split(/^---.*$/m).flatMap((text) => loadAll(text, { schema: YAML11_SCHEMA }));

const configsIn = (manifest: string): unknown[] =>
  documentsIn(manifest).map((document) => (document as { spec: { config: unknown } }).spec.config);

describe('nmstateconfig.yaml', () => {
  it("has one labelled document per host in the user's order", () => {
    const hosts = [host('interfaces: [{name: z}]', 'z', 'yes'), host('interfaces: [{name: a}]', 'a')];
    const document = (index: number, config: object, interfaces: object[]) => ({
      apiVersion: 'agent-install.openshift.io/v1beta1',
      kind: 'NMStateConfig',
      metadata: {
        name: `nmstate-config-${index}`,
        labels: { 'agent-install.openshift.io/infraenv-id': infraEnvId },
      },
      spec: { config, interfaces },
    });
    expect(documentsIn(networkManifest(hosts, infraEnvId))).toEqual([
      document(0, { interfaces: [{ name: 'z' }] }, [
        { name: 'z', macAddress: 'F8:75:a4:a4:00:00' },
        { name: 'yes', macAddress: 'F8:75:a4:a4:00:01' },
      ]),
      document(1, { interfaces: [{ name: 'a' }] }, [{ name: 'a', macAddress: 'F8:75:a4:a4:00:00' }]),
    ]);
  });

  it.each([
    ['a number that a double cannot hold', 'id: 12345678901234567890', '"id": 12345678901234567890'],
    ['and one in hexadecimal digits', 'id: 0xFFFFFFFFFFFFFFFF', '"id": 18446744073709551615'],
    ['and a negative one', 'id: -9007199254740993', '"id": -9007199254740993'],
    ['and one by its tag', 'id: !!int -0x20000000000001', '"id": -9007199254740993'],
    ['octal digits', 'id: 0o17', '"id": 15'],
    ['what YAML 1.1 takes for octal digits', 'id: 010', '"id": 10'],
    ['what YAML 1.1 takes for a time', 'id: 12:30:45', '"id": "12:30:45"'],
    ['what YAML 1.1 takes for a boolean', 'id: on', '"id": "on"'],
    ['and as a key', 'on: id', '"on": "id"'],
    ['what YAML 1.1 takes for a merge', '<<: {id: 1}', '"<<":'],
  ])('keeps %s', (_, given, written) => {
    expect(networkManifest([host(given)], infraEnvId)).toContain(`\n    ${written}\n`);
  });

  /** Scalars as somebody may write them without quotes. */
  const plain = fc.constantFrom(
    ...['yes', 'No', 'on', 'off', 'y', 'n', 'true', 'FALSE', '~', 'null', '12:30', '12:30:45', '1_000', '010', '0o17'],
    ...[
      '0x1F',
      '0b11',
      '1e3',
      '1.5',
      '.5',
      '+1',
      '-0',
      '.inf',
      '2001-01-01',
      '2001-01-01T00:00:00Z',
      '=',
      '<<',
      '802.1q',
    ],
    ...['192.0.2.1', '2001:db8::1', 'fe80::1/64', '52:54:00:12:34:56', '525400123456', 'a#b', "it's", '-a', '?b'],
  );

  it('any unquoted scalar keeps the type that it has for NMState, as a value and as a key', () => {
    const lines = fc.uniqueArray(fc.tuple(plain, plain), { selector: ([key]) => String(load(key)), minLength: 1 });
    fc.assert(
      fc.property(lines, (pairs) => {
        const yaml = pairs.map(([key, value]) => `${key}: ${value}\n`).join('');
        expect(configsIn(networkManifest([host(yaml)], infraEnvId))).toEqual([load(yaml)]);
      }),
    );
  });

  const text = fc.oneof(
    fc.constantFrom(
      '---',
      '\n---\n',
      'a\n---\nkind: b',
      '...',
      '"',
      'a: b',
      '# c',
      '- d',
      '&e',
      '*e',
      '!f',
      '\t',
      '\u2028',
      '\u0085',
    ),
    fc.string({ unit: 'grapheme' }),
    plain,
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.oneof(text, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null)),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(text, tie('tree'), { maxKeys: 4 }),
    ),
  }));
  const network = fc.dictionary(text, tree, { minKeys: 1, maxKeys: 4 });

  it('any network of any hosts is read back as it is, host by host', () => {
    const yaml = fc
      .tuple(network, fc.boolean())
      .map(([value, asJson]) => (asJson ? JSON.stringify(value) : dump(value)));
    fc.assert(
      fc.property(fc.array(yaml, { minLength: 1, maxLength: 4 }), (yamls) => {
        const manifest = networkManifest(
          yamls.map((each) => host(each, 'eth0')),
          infraEnvId,
        );
        expect(configsIn(manifest)).toEqual(yamls.map((each) => load(each)));
      }),
    );
  });

  it('no text adds a line', () => {
    const linesWith = (value: string) =>
      networkManifest([host(JSON.stringify({ description: value }), 'eth0')], infraEnvId).split(
        /[\n\r\u0085\u2028\u2029]/,
      );
    fc.assert(
      fc.property(text, (value) => {
        expect(linesWith(value)).toHaveLength(linesWith('').length);
      }),
    );
  });
});
