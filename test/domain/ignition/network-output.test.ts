import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { networkConfigurationOf } from '#domain/ignition/network-output.ts';

const document = 'interfaces: [{ name: eth0 }]';

const unreadable = 'nmstatectl printed no NetworkManager config that can be read: 2.2 or later is needed';

const printed = (stdout: string, stderr = '') => networkConfigurationOf({ document, exitCode: 0, stdout, stderr });
const refused = (stderr: string, exitCode = 1, text = document) =>
  networkConfigurationOf({ document: text, exitCode, stdout: '', stderr });

describe('what a successful run prints', () => {
  const keyfile = '[connection]\nid=eth0\n\n[ipv4]\nmethod=disabled\n';

  it('are the keyfiles of NetworkManager', () => {
    expect(printed(dump({ NetworkManager: [['eth0.nmconnection', keyfile]] }))).toEqual({
      keyfiles: [{ name: 'eth0.nmconnection', content: keyfile }],
    });
  });

  it.each([
    ['nothing for NetworkManager (1.3)', '--- {}', 'nmstate generated an empty NetworkManager config file content'],
    ['an empty list', 'NetworkManager: []', 'nmstate generated an empty NetworkManager config file content'],
    ['no YAML', '\t{', unreadable],
    ['something else', 'nmstatectl [SUBCOMMAND]', unreadable],
    ['lines at the left margin (before 2.2)', 'NetworkManager:\n- - a\n  - "[connection]\n\nid=a"', unreadable],
    [
      'a file name that leads elsewhere',
      dump({ NetworkManager: [['../../shadow', 'x']] }),
      'nmstate generated a connection whose name ../../shadow is not a file name',
    ],
    [
      'one name twice',
      dump({
        NetworkManager: [
          ['a.nmconnection', 'x'],
          ['a.nmconnection', 'y'],
        ],
      }),
      'nmstate generated two connections of the name a.nmconnection',
    ],
  ])('and is %s is a reason to refuse', (_, stdout, reason) => {
    expect(printed(stdout)).toEqual({ reason });
  });

  it('and is a type that nmstate does not know is one too, since the interface would be taken for a network card', () => {
    const stderr = [
      '[2025-08-27T21:23:03Z INFO  nmstatectl] Nmstate version: 2.2.48',
      '[2025-08-27T21:23:03Z WARN  nmstate::iface] Unsupported interface type bnod',
      '',
    ].join('\n');
    expect(printed(dump({ NetworkManager: [['eth0.nmconnection', keyfile]] }), stderr)).toEqual({
      reason: 'Unsupported interface type bnod',
    });
  });
});

describe('the reason of a refusal', () => {
  it.each([
    [
      'NmstateError, behind log lines',
      '[2025-08-27T21:23:03Z INFO  nmstatectl] Nmstate version: 2.2.48\n' +
        '[2025-08-27T21:23:03Z ERROR nmstate::ifaces::bond] InvalidArgument: Bond mode is mandatory\n' +
        'NmstateError: InvalidArgument: Bond mode is mandatory\n',
      1,
      'NmstateError: InvalidArgument: Bond mode is mandatory',
    ],
    [
      'a document that cannot be read, newer versions',
      'Provide file is not valid NetworkState or NetworkPolicy: interfaces: unknown field `macAddress` at line 6 column 1\n',
      65,
      'Provide file is not valid NetworkState or NetworkPolicy: interfaces: unknown field `macAddress` at line 6 column 1',
    ],
    [
      'a document that cannot be read, older versions',
      'serde_yaml::Error: interfaces: missing field `name` at line 2 column 3\n',
      65,
      'serde_yaml::Error: interfaces: missing field `name` at line 2 column 3',
    ],
    [
      'several lines',
      'NmstateError: PolicyError: Invalid expression\n| a == b\n| ..^\n',
      1,
      'NmstateError: PolicyError: Invalid expression | a == b | ..^',
    ],
    [
      'the end of a Python traceback',
      'Traceback (most recent call last):\n  File "x", line 1\nlibnmstate.error.NmstateValueError: no gateway\n',
      1,
      'libnmstate.error.NmstateValueError: no gateway',
    ],
    ['words of an unknown form', 'something about the bond\n', 1, 'something about the bond'],
  ])('is %s', (_, stderr, exitCode, reason) => {
    expect(refused(stderr, exitCode)).toEqual({ reason });
  });

  it('is of bounded length and on one line, whatever is printed', () => {
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 5_000 }), (words) => {
      const { reason = '' } = refused(`NmstateError: ${words}`);
      expect(reason.length).toBeLessThanOrEqual(1_025);
      expect(reason).not.toMatch(/\p{Cc}|\p{Zl}|\p{Zp}/u);
    });
    fc.assert(property);
  });

  it('holds none of the passwords and keys of the document, however they are written', () => {
    const place = fc.constantFrom(
      (secret: unknown) => ({ '802.1x': { 'private-key-password': secret } }),
      (secret: unknown) => ({ '802.1x': secret }),
      (secret: unknown) => ({ macsec: { 'mka-cak': secret } }),
      (secret: unknown) => ({ libreswan: { psk: secret } }),
      (secret: unknown) => ({ wireguard: { 'private-key': secret, peers: [{ 'preshared-key': secret }] } }),
      (secret: unknown) => ({ wireguard: [secret] }),
    );
    const secrets = fc.oneof(
      fc.string({ minLength: 4, maxLength: 40 }).filter((text) => text.trim().length > 3),
      fc.integer({ min: 100_000 }),
    );
    const property = fc.property(place, secrets, fc.boolean(), (around, secret, quoted) => {
      const text = dump({ interfaces: [{ name: 'eth0', ...around(secret) }] });
      const words = quoted ? JSON.stringify(String(secret)) : String(secret);
      const { reason } = refused(`NmstateError: InvalidArgument: <${words}> it is\n`, 1, text);
      expect(reason?.replaceAll('[redacted]', '')).not.toContain(String(secret));
      expect(reason).toContain('[redacted]');
    });
    fc.assert(property);
  });

  it('is none of its words where the document cannot be searched for passwords', () => {
    expect(refused('NmstateError: InvalidArgument: hunter2\n', 1, 'psk: *hunter2')).toEqual({
      reason: 'nmstate cannot read it',
    });
  });
});
