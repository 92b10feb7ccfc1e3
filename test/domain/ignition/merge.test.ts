import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ignitionBytes } from '#domain/ignition/check.ts';
import type { Ignition, IgnitionFile } from '#domain/ignition/ignition.ts';
import { mergeIgnition } from '#domain/ignition/merge.ts';
import { decodeFile } from '#test/stand-ins/openshift-install/read-ignition.ts';

const infraEnvId = '22222222-2222-4222-8222-222222222222';
const markers = ['/etc/assisted/interactive-ui', '/etc/assisted/no-config-image'];
const environmentPath = '/usr/local/share/assisted-service/assisted-service.env';

const anIgnition = (files: IgnitionFile[] = [], rest: Partial<Ignition> = {}): Ignition => ({
  ignition: { version: '3.2.0' },
  storage: { files },
  ...rest,
});

const merged = (base: Ignition, sshKeys: string[] = []) => mergeIgnition(base, { infraEnvId, sshKeys, files: [] });

describe('SSH keys', () => {
  const keys = ['ssh-rsa A', 'ssh-rsa B'];

  it.each<[string, Ignition['passwd']]>([
    ['no users at all', undefined],
    ['another user', { users: [{ name: 'other' }] }],
    ['one entry with both', { users: [{ name: 'core', sshAuthorizedKeys: ['ssh-rsa A\nssh-rsa B'] }] }],
  ])('given %s: each key is an entry of user core', (_, passwd) => {
    const users = merged(anIgnition([], passwd ? { passwd } : {}), keys).passwd?.users ?? [];
    expect(users.find(({ name }) => name === 'core')?.sshAuthorizedKeys).toEqual(keys);
    expect(users.map(({ name }) => name)).toEqual([
      ...new Set([...(passwd?.users ?? []).map(({ name }) => name), 'core']),
    ]);
  });

  it('what else the user has is kept', () => {
    const passwd = { users: [{ name: 'core', passwordHash: 'x', sshAuthorizedKeys: ['old'] }] };
    expect(merged(anIgnition([], { passwd }), keys).passwd?.users).toEqual([
      { name: 'core', passwordHash: 'x', sshAuthorizedKeys: keys },
    ]);
  });

  it('without a key, there is no user', () => {
    expect(merged(anIgnition())).not.toHaveProperty('passwd');
  });
});

describe('marker files', () => {
  const marker = (path: string) => ({
    path,
    overwrite: true,
    user: { name: 'root' },
    mode: 0o644,
    contents: { source: 'data:,' },
  });

  it.each([
    ['none', []],
    ['one', [{ path: markers[0] ?? '', mode: 0o600, contents: { source: 'data:,content' } }]],
    ['both', markers.map((path) => ({ path, contents: { source: 'data:text/plain;charset=utf-8;base64,' } }))],
    ['one twice', [markers[0], markers[0]].map((path = '') => ({ path }))],
  ])('given %s of them: both are there once, empty, readable', (_, files) => {
    const others = [{ path: '/etc/a' }, { path: '/etc/b' }];
    const { storage } = merged(anIgnition([...others, ...files]));
    expect(storage?.files).toEqual([...others, ...markers.map(marker)]);
  });

  it('given no storage: they make one', () => {
    expect(merged({ ignition: { version: '3.5.0' } }).storage?.files).toEqual(markers.map(marker));
  });
});

describe("the service environment's INFRA_ENV_ID", () => {
  const before = 'A=1\nINFRA_ENV_ID=9d2c2a1e-0000-4000-8000-000000000000\nB=ü %\n';
  const after = `A=1\nINFRA_ENV_ID=${infraEnvId}\nB=ü %\n`;
  const base64 = (bytes: Buffer) => `data:text/plain;charset=utf-8;base64,${bytes.toString('base64')}`;

  it.each([
    ['base64', { source: base64(Buffer.from(before)) }, 'data:text/plain;charset=utf-8;base64,'],
    ['percent-encoded', { source: `data:,${encodeURIComponent(before)}` }, 'data:,'],
    [
      'gzip in base64',
      { source: base64(gzipSync(before)), compression: 'gzip' },
      'data:text/plain;charset=utf-8;base64,',
    ],
  ])('%s: becomes the id of the infra-env, in the same encoding', (_, contents, start) => {
    const ignition = merged(anIgnition([{ path: environmentPath, mode: 0o644, contents }]));
    const file = ignition.storage?.files?.[0];
    expect(decodeFile(JSON.stringify(ignition), environmentPath)).toBe(after);
    expect(file?.contents?.source?.startsWith(start)).toBe(true);
    expect(file?.contents?.compression).toBe('compression' in contents ? contents.compression : undefined);
    expect(file?.mode).toBe(0o644);
  });

  it('a hash of the old content does not stay', () => {
    const contents = { source: base64(Buffer.from(before)), verification: { hash: 'sha512-00' } };
    const { storage } = merged(anIgnition([{ path: environmentPath, contents }]));
    expect(storage?.files?.[0]?.contents).not.toHaveProperty('verification');
  });

  it('other files are not looked into', () => {
    const file = { path: '/etc/other.env', contents: { source: base64(Buffer.from(before)) } };
    expect(merged(anIgnition([file])).storage?.files?.[0]).toEqual(file);
  });

  it.each([
    ['another scheme', { source: 'https://example.com/env' }],
    ['another compression', { source: 'data:,x', compression: 'zstd' }],
  ])('%s is refused', (_, contents) => {
    expect(() => merged(anIgnition([{ path: environmentPath, contents }]))).toThrow('a file of the ignition');
  });

  it('bytes around it survive, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), (bytes, packed) => {
        const content = Buffer.concat([Buffer.from('INFRA_ENV_ID=x\n'), Buffer.from(bytes)]);
        const contents = packed
          ? { source: base64(gzipSync(content)), compression: 'gzip' }
          : { source: base64(content) };
        const source = merged(anIgnition([{ path: environmentPath, contents }])).storage?.files?.[0]?.contents?.source;
        const stored = Buffer.from(source?.split(',')[1] ?? '', 'base64');
        const result = packed ? gunzipSync(stored) : stored;
        const rest = result.subarray(`INFRA_ENV_ID=${infraEnvId}\n`.length);
        expect(rest.toString('latin1')).toBe(
          Buffer.from(bytes)
            .toString('latin1')
            .replace(/^INFRA_ENV_ID=.*$/gm, `INFRA_ENV_ID=${infraEnvId}`),
        );
      }),
    );
  });
});

describe('files of the settings', () => {
  it("take the place of the binary's of the same path", () => {
    const [a, b, c] = ['/etc/a', '/etc/b', '/etc/c'].map((path) => ({ path, mode: 0o600 }));
    if (!a || !b || !c) throw new Error('three files');
    const changed = { ...a, mode: 0o644 };
    const result = mergeIgnition(anIgnition([a, b]), { infraEnvId, sshKeys: [], files: [changed, c] });
    expect(result.storage?.files).toEqual([b, changed, c, ...markers.map((path) => expect.objectContaining({ path }))]);
  });
});

describe('units of the settings', () => {
  it("add to the binary's of the same name, and an override comes after them", () => {
    const dropin = { name: '10-a.conf', contents: '[Service]\nNice=1\n' };
    const base = anIgnition([], { systemd: { units: [{ name: 'a.service', enabled: true, contents: '[Unit]\n' }] } });
    const units = [{ name: 'a.service', dropins: [dropin] }];
    const additions = { infraEnvId, sshKeys: [], files: [], units };
    const [unit] = base.systemd?.units ?? [];
    const result = mergeIgnition(base, additions);
    expect(result.systemd?.units).toEqual([{ ...unit, dropins: [dropin] }]);
    expect(mergeIgnition(result, additions)).toEqual(result);

    const override = anIgnition([], { systemd: { units: [{ name: 'a.service', dropins: [{ name: '10-a.conf' }] }] } });
    expect(mergeIgnition(base, { ...additions, override }).systemd?.units).toEqual(result.systemd?.units);
  });
});

describe('an override', () => {
  const overridden = (storage: Ignition['storage'], base = anIgnition([{ path: '/etc/a/b' }])) =>
    mergeIgnition(base, { infraEnvId, sshKeys: [], files: [], override: { ignition: { version: '3.4.0' }, storage } });

  it('wins over the files of the settings', () => {
    const override = anIgnition([{ path: '/etc/a', mode: 0o600 }]);
    const added = { path: '/etc/a', mode: 0o644, contents: { source: 'data:,a' } };
    const { storage } = mergeIgnition(anIgnition(), { infraEnvId, sshKeys: [], files: [added], override });
    expect(storage?.files?.[0]).toEqual({ ...added, mode: 0o600 });
  });

  it('adds keys to those of the settings', () => {
    const override = anIgnition([], { passwd: { users: [{ name: 'core', sshAuthorizedKeys: ['c', 'a'] }] } });
    const { passwd } = mergeIgnition(anIgnition(), { infraEnvId, sshKeys: ['a', 'b'], files: [], override });
    expect(passwd?.users).toEqual([{ name: 'core', sshAuthorizedKeys: ['a', 'b', 'c'] }]);
  });

  it.each(['files', 'directories', 'links'] as const)('cannot have the markers among its %s', (list) => {
    const { storage } = overridden({ [list]: markers.map((path) => ({ path, mode: 0, target: '/x' })) });
    const nodes = [...(storage?.files ?? []), ...(storage?.directories ?? []), ...(storage?.links ?? [])];
    expect(nodes.filter(({ path }) => markers.includes(path))).toEqual(
      markers.map((path) => expect.objectContaining({ path, mode: 0o644, contents: { source: 'data:,' } })),
    );
  });

  it.each<[string, Ignition['storage'], string]>([
    ['a file where a directory has to be', { files: [{ path: '/etc/a' }] }, '/etc/a has to be a directory'],
    [
      'a directory in the place of a marker',
      { directories: [{ path: '/etc/assisted/interactive-ui' }], files: [{ path: '/etc/assisted/interactive-ui/a' }] },
      '/etc/assisted/interactive-ui has to be a directory',
    ],
    ['a link there', { links: [{ path: '/etc', target: '/x' }] }, '/etc has to be a directory'],
    [
      'its own directory below its own file',
      { files: [{ path: '/x' }], directories: [{ path: '/x/y/z' }] },
      'of /x/y/z',
    ],
  ])('is refused with %s', (_, storage, reason) => {
    expect(() => overridden(storage)).toThrow(
      expect.objectContaining({ name: 'InvalidInput', message: expect.stringContaining(reason) }),
    );
  });

  it('may have a directory there, and a file whose name only begins alike', () => {
    expect(() => overridden({ directories: [{ path: '/etc/a' }], files: [{ path: '/etc/a/bc' }] })).not.toThrow();
  });
});

describe('any ignition', () => {
  const path = fc.oneof(fc.constantFrom(...markers, environmentPath), fc.stringMatching(/^\/[a-z]{1,8}$/));
  const file = fc.record({
    path,
    contents: fc.record({ source: fc.constantFrom('data:,', 'data:,INFRA_ENV_ID%3Dx') }),
  });
  const ignition = fc.uniqueArray(file, { selector: (each) => each.path }).map((files) => anIgnition(files));
  const sshKeys = fc.uniqueArray(fc.stringMatching(/^ssh-rsa [A-Z]{3}$/), { maxLength: 4 });

  it('is complete after one merge: another changes nothing', () => {
    fc.assert(
      fc.property(ignition, sshKeys, (base, keys) => {
        const first = merged(base, keys);
        expect(merged(first, keys)).toEqual(first);
      }),
    );
  });

  it('keeps every path, adds the markers alone, and passes the check', () => {
    fc.assert(
      fc.property(ignition, sshKeys, (base, keys) => {
        const pathsOf = ({ storage }: Ignition) => (storage?.files ?? []).map((each) => each.path);
        const result = merged(base, keys);
        expect(pathsOf(result).sort()).toEqual([...new Set([...pathsOf(base), ...markers])].sort());
        expect(() => ignitionBytes(result)).not.toThrow();
      }),
    );
  });
});
