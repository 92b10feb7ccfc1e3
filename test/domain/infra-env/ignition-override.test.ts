import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { checkIgnitionOverride } from '#domain/infra-env/ignition-override.ts';
import { refusalOf } from '../values/refusal.ts';

const versions = ['3.1.0', '3.2.0', '3.3.0', '3.4.0', '3.5.0'];
const config = (rest: object = {}, version: unknown = '3.2.0') => JSON.stringify({ ignition: { version }, ...rest });
const refusal = (text: string) => refusalOf(() => checkIgnitionOverride(text));
const refused = (error: string, report = '') => `error parsing ignition: ${error}, error report: ${report}`;
const badAt = (place: string) => refused('config is not valid', `at $.${place}`);

describe('overrides that are accepted', () => {
  test.each(versions)('of version %s', (version) => {
    expect(refusal(config({}, version))).toBeUndefined();
  });

  it('with every section', () => {
    const packed = gzipSync('x').toString('base64');
    const source = { source: `data:;base64,${packed}`, compression: 'gzip', verification: { hash: null } };
    const text = JSON.stringify({
      ignition: {
        version: '3.4.0',
        config: { merge: [source] },
        proxy: { noProxy: ['a'] },
        timeouts: {},
        security: { tls: { certificateAuthorities: [source] } },
      },
      storage: {
        files: [{ path: '/etc/motd', mode: 420, overwrite: true, contents: source, append: [source], user: { id: 0 } }],
        directories: [{ path: '/etc/a.d/..b/…', mode: 493 }],
        links: [{ path: '/etc/b', target: '../c', hard: false }],
        disks: [{ device: '/dev/disk/by-id/x', partitions: [{ number: 1 }] }],
        raid: [{ name: 'data', level: 'raid1', devices: ['/dev/a'] }],
        luks: [{ name: 'root', device: '/dev/b' }],
        filesystems: [{ device: '/dev/c', format: 'xfs', path: '/var' }],
      },
      systemd: {
        units: [
          {
            name: 'a@b\\x2d.service',
            enabled: true,
            contents: '[Unit]',
            dropins: [{ name: '10-a.conf', contents: '' }],
          },
        ],
      },
      passwd: { users: [{ name: 'core', sshAuthorizedKeys: ['ssh-ed25519 AAAA'] }], groups: [{ name: 'g', gid: 1 }] },
      kernelArguments: { shouldExist: ['a'] },
    });
    expect(refusal(text)).toBeUndefined();
  });

  it('with null sections and unknown keys, which Ignition passes over', () => {
    expect(refusal(config({ storage: null, systemd: { units: null }, x: {}, __proto__: 1 }))).toBeUndefined();
    expect(refusal('{"ignition":{"version":"3.1.0"},"__proto__":{"storage":1},"constructor":{}}')).toBeUndefined();
  });
});

describe('overrides that are refused', () => {
  const unsupported = (version: string) =>
    refused('unsupported config version', `${version} is not one of 3.1.0, 3.2.0, 3.3.0, 3.4.0, 3.5.0`);
  const noVersion = refused('invalid config version (no version was found)');

  test.each([
    ['no JSON', '{"ignition"', refused('config is not valid JSON')],
    [
      'a key named twice',
      '{"ignition":{"version":"3.1.0","version":"3.2.0"}}',
      refused('config is not valid', 'the key version is there twice'),
    ],
    [
      'one that is nested without end',
      `{"ignition":{"version":"3.2.0"},"x":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
      refused('config is not valid', 'it is nested deeper than 50 levels'),
    ],
    ['a list', '[]', noVersion],
    ['null', 'null', noVersion],
    ['no ignition', '{}', noVersion],
    ['no version', '{"ignition":{}}', noVersion],
    ['a version that is a number', config({}, 3), noVersion],
    ['version 3.0.0', config({}, '3.0.0'), unsupported('3.0.0')],
    ['version 3.6.0-experimental', config({}, '3.6.0-experimental'), unsupported('3.6.0-experimental')],
    ['version 2.2.0', config({}, '2.2.0'), unsupported('2.2.0')],
    [
      'one that replaces everything',
      JSON.stringify({ ignition: { version: '3.2.0', config: { replace: { source: 'https://x.example.org' } } } }),
      refused('config is not valid', 'at $.ignition.config.replace: it would discard all other settings'),
    ],
    ['a text without end', 'x'.repeat(1024 * 1024 + 1), refused('config is too long', 'at most 1048576 characters')],
  ])('%s', (_, text, message) => {
    expect(refusal(text)).toBe(message);
  });

  test.each([
    ['storage', { storage: [] }],
    ['storage.files', { storage: { files: {} } }],
    ['storage.files.0.path', { storage: { files: [{}] } }],
    ['storage.files.0.path', { storage: { files: [{ path: 'etc/motd' }] } }],
    ['storage.files.1.path', { storage: { files: [{ path: '/a' }, { path: '/a/../b' }] } }],
    ['storage.files.0.path', { storage: { files: [{ path: '/a//b' }] } }],
    ['storage.files.0.path', { storage: { files: [{ path: '/a/' }] } }],
    ['storage.files.0.mode', { storage: { files: [{ path: '/a', mode: '0644' }] } }],
    ['storage.files.0.mode', { storage: { files: [{ path: '/a', mode: 4096 }] } }],
    ['storage.files.0.contents', { storage: { files: [{ path: '/a', contents: 'x' }] } }],
    ['storage.files.0.contents.compression', { storage: { files: [{ path: '/a', contents: { compression: 'xz' } }] } }],
    ['systemd.units.0.name', { systemd: { units: [{ name: 'a' }] } }],
    ['systemd.units.0.name', { systemd: { units: [{ name: '../a.service' }] } }],
    ['systemd.units.0.name', { systemd: { units: [{ name: 'a.service\n' }] } }],
    ['systemd.units.0.enabled', { systemd: { units: [{ name: 'a.service', enabled: 'yes' }] } }],
    ['systemd.units.0.dropins.0.name', { systemd: { units: [{ name: 'a.service', dropins: [{ name: 'a' }] }] } }],
    ['passwd.users.0.name', { passwd: { users: [{}] } }],
    ['passwd.users.0.sshAuthorizedKeys.0', { passwd: { users: [{ name: 'a', sshAuthorizedKeys: [null] }] } }],
  ])('wrong at %s', (place, rest) => {
    expect(refusal(config(rest))?.slice(0, badAt(place).length + 2)).toBe(`${badAt(place)}: `);
  });

  test.each([
    ['storage', '/a', { storage: { files: [{ path: '/a' }], links: [{ path: '/a', target: '/b' }] } }],
    ['systemd.units', 'a.service', { systemd: { units: [{ name: 'a.service' }, { name: 'a.service' }] } }],
    ['passwd.users', 'core', { passwd: { users: [{ name: 'core' }, { name: 'core' }] } }],
    ['passwd.groups', 'g', { passwd: { groups: [{ name: 'g' }, { name: 'g' }] } }],
    [
      'systemd.units.1.dropins',
      '1.conf',
      {
        systemd: {
          units: [
            { name: 'a.service', dropins: [{ name: '1.conf' }] },
            { name: 'b.service', dropins: [{ name: '1.conf' }, { name: '1.conf' }] },
          ],
        },
      },
    ],
  ])('defined twice in %s', (place, name, rest) => {
    expect(refusal(config(rest))).toBe(`${badAt(place)}: duplicate entry defined: ${name}`);
  });

  it('without repeating a value: it may be a password hash', () => {
    const message = refusal(config({ passwd: { users: [{ name: 'core', passwordHash: ['$6$canary'] }] } }));
    expect(message).toContain('at $.passwd.users.0.passwordHash: ');
    expect(message).not.toContain('canary');
  });
});
