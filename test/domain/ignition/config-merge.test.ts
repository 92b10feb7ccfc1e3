import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeConfigs } from '#domain/ignition/config-merge.ts';
import { asIgnition } from '#domain/ignition/ignition.ts';
import { ignitionVersions } from '#domain/values/ignition/versions.ts';

const config = (rest: object = {}, version = '3.2.0') => asIgnition({ ignition: { version }, ...rest });
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const merged = (parent: object, child: object): unknown => plain(mergeConfigs(config(parent), config(child)));
const result = (rest: object) => ({ ignition: { version: '3.2.0' }, ...rest });

const files = (...list: object[]) => ({ storage: { files: list } });
const units = (...list: object[]) => ({ systemd: { units: list } });
const users = (...list: object[]) => ({ passwd: { users: list } });
const append = (...texts: string[]) => ({ append: texts.map((text) => ({ source: `data:,${text}` })) });
const contents = (text: string) => ({ contents: { source: `data:,${text}` } });

describe('a child is merged into its parent as Ignition does it', () => {
  it.each<[string, object, object, object]>([
    ['nothing into something', files({ path: '/a', mode: 1 }), {}, files({ path: '/a', mode: 1 })],
    ['something into nothing', {}, units({ name: 'a.service' }), units({ name: 'a.service' })],
    [
      'a file of the same path: what the child says wins, the rest stays',
      files({ path: '/a', mode: 0o600, overwrite: true, user: { name: 'root' }, ...contents('p') }, { path: '/b' }),
      files({ path: '/a', mode: 0o644, user: { id: 0 }, ...contents('c') }),
      files(
        { path: '/a', mode: 0o644, overwrite: true, user: { name: 'root', id: 0 }, ...contents('c') },
        { path: '/b' },
      ),
    ],
    [
      'what is appended follows',
      files({ path: '/a', ...append('p', 'q') }),
      files({ path: '/a', ...append('q') }),
      files({ path: '/a', ...append('p', 'q', 'q') }),
    ],
    [
      'content beside what the parent appends',
      files({ path: '/a', ...append('p') }),
      files({ path: '/a', overwrite: true, ...contents('c') }),
      files({ path: '/a', ...append('p'), overwrite: true, ...contents('c') }),
    ],
    [
      'a hash of the content',
      files({ path: '/a', contents: { source: 'data:,p', verification: { hash: 'p' } } }),
      files({ path: '/a', contents: { verification: { hash: 'c' } } }),
      files({ path: '/a', contents: { source: 'data:,p', verification: { hash: 'c' } } }),
    ],
    [
      'headers of a source by name, one without value taking it away',
      files({
        path: '/a',
        contents: {
          httpHeaders: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        },
      }),
      files({ path: '/a', contents: { httpHeaders: [{ name: 'A' }, { name: 'B', value: '3' }, { name: 'C' }] } }),
      files({ path: '/a', contents: { httpHeaders: [{ name: 'B', value: '3' }, { name: 'C' }] } }),
    ],
    [
      'a link in the place of a file',
      { storage: { files: [{ path: '/a', mode: 1 }, { path: '/b' }], directories: [{ path: '/d' }] } },
      { storage: { links: [{ path: '/a', target: '/b' }] } },
      {
        storage: {
          files: [{ path: '/b' }],
          directories: [{ path: '/d' }],
          links: [{ path: '/a', target: '/b' }],
        },
      },
    ],
    [
      'units by name, drop-ins by name',
      units({ name: 'a.service', enabled: true, contents: 'p', dropins: [{ name: '1.conf', contents: 'p' }] }),
      units(
        { name: 'b.service' },
        { name: 'a.service', enabled: false, dropins: [{ name: '2.conf' }, { name: '1.conf', contents: 'c' }] },
      ),
      units(
        {
          name: 'a.service',
          enabled: false,
          contents: 'p',
          dropins: [{ name: '1.conf', contents: 'c' }, { name: '2.conf' }],
        },
        { name: 'b.service' },
      ),
    ],
    [
      'users by name, their keys and groups united',
      users({ name: 'core', uid: 1, sshAuthorizedKeys: ['a', 'b'], groups: ['g'] }),
      users({ name: 'core', sshAuthorizedKeys: ['b', 'c'], groups: ['h'] }, { name: 'other' }),
      users({ name: 'core', uid: 1, sshAuthorizedKeys: ['a', 'b', 'c'], groups: ['g', 'h'] }, { name: 'other' }),
    ],
    [
      'groups by name',
      { passwd: { groups: [{ name: 'g', gid: 1, system: true }] } },
      { passwd: { groups: [{ name: 'g', gid: 2 }] } },
      { passwd: { groups: [{ name: 'g', gid: 2, system: true }] } },
    ],
    [
      'file systems by device, with all options',
      { storage: { filesystems: [{ device: '/d', format: 'xfs', options: ['-a'] }] } },
      { storage: { filesystems: [{ device: '/d', label: 'l', options: ['-a'] }, { device: '/e' }] } },
      {
        storage: {
          filesystems: [{ device: '/d', format: 'xfs', options: ['-a', '-a'], label: 'l' }, { device: '/e' }],
        },
      },
    ],
    [
      'partitions by number, or else by label',
      {
        storage: {
          disks: [
            {
              device: '/d',
              partitions: [
                { number: 1, label: 'a' },
                { label: 'b', sizeMiB: 1 },
              ],
            },
          ],
        },
      },
      { storage: { disks: [{ device: '/d', partitions: [{ number: 0, label: 'b', sizeMiB: 2 }, { number: 2 }] }] } },
      {
        storage: {
          disks: [
            {
              device: '/d',
              partitions: [{ number: 1, label: 'a' }, { label: 'b', sizeMiB: 2, number: 0 }, { number: 2 }],
            },
          ],
        },
      },
    ],
    [
      'kernel arguments, the child moving one to the other list',
      { kernelArguments: { shouldExist: ['a', 'b'] } },
      { kernelArguments: { shouldExist: ['c'], shouldNotExist: ['a'] } },
      { kernelArguments: { shouldExist: ['b', 'c'], shouldNotExist: ['a'] } },
    ],
    [
      'null, which says nothing',
      { ...files({ path: '/a', mode: 1, ...contents('p') }), systemd: null },
      { ...files({ path: '/a', mode: null, contents: null }), passwd: null, systemd: { units: null } },
      { ...files({ path: '/a', mode: 1, ...contents('p') }), systemd: { units: null }, passwd: null },
    ],
    [
      'names that every object has',
      units({ name: 'constructor.service' }),
      { constructor: { a: 1 }, ...units({ name: 'toString.service' }) },
      { constructor: { a: 1 }, ...units({ name: 'constructor.service' }, { name: 'toString.service' }) },
    ],
  ])('%s', (_, parent, child, expected) => {
    expect(merged(parent, child)).toEqual(result(expected));
  });

  it('the section of Ignition itself, too', () => {
    const section = (rest: object) => asIgnition({ ignition: { version: '3.3.0', ...rest } });
    const source = (text: string) => ({ source: `https://${text}.example` });
    const parent = section({
      config: { merge: [source('a')] },
      proxy: { httpProxy: 'p', noProxy: ['a'] },
      timeouts: { httpTotal: 1 },
    });
    const child = section({
      config: { merge: [source('a'), source('b')] },
      proxy: { httpsProxy: 'c', noProxy: ['a', 'b'] },
      security: { tls: { certificateAuthorities: [source('ca')] } },
    });
    expect(plain(mergeConfigs(parent, child))).toEqual(
      plain(
        section({
          config: { merge: [source('a'), source('b')] },
          proxy: { httpProxy: 'p', httpsProxy: 'c', noProxy: ['a', 'b'] },
          timeouts: { httpTotal: 1 },
          security: { tls: { certificateAuthorities: [source('ca')] } },
        }),
      ),
    );
  });
});

describe('versions', () => {
  const pairs = ignitionVersions.flatMap((parent) => ignitionVersions.map((child) => [parent, child] as const));

  it.each(pairs)('%s and %s: the result has the higher one', (parent, child) => {
    const { ignition } = mergeConfigs(config({}, parent), config({}, child));
    expect(ignition.version).toBe([parent, child].toSorted().at(-1));
  });

  it.each([
    ['3.2.0', '3.3.0', 0o4755],
    ['3.2.0', '3.4.0', 0o755],
    ['3.4.0', '3.2.0', 0o4755],
    ['3.4.0', '3.5.0', 0o4755],
  ])('setuid of a file of %s beside %s has the effect that it had before: mode %i', (its, other, mode) => {
    const given = config({ storage: { files: [{ path: '/a', mode: 0o4755 }], directories: [] } }, its);
    for (const both of [mergeConfigs(given, config({}, other)), mergeConfigs(config({}, other), given)]) {
      expect(both.storage?.files).toEqual([{ path: '/a', mode }]);
    }
  });
});

describe('keys that a config of an earlier version passes over', () => {
  const tang = { url: 'https://t', thumbprint: 'x', advertisement: '{}' };
  const volume = { name: 'd', device: '/dev/b', discard: true, openOptions: ['x'], clevis: { tang: [tang] }, cex: {} };
  const later = {
    kernelArguments: { shouldExist: ['a'] },
    passwd: { users: [{ name: 'u', shouldExist: false }], groups: [{ name: 'g', shouldExist: false }] },
    storage: { disks: [{ device: '/dev/a', partitions: [{ number: 1, resize: true }] }], luks: [volume] },
    unknown: { storage: { luks: [] } },
  };

  it.each([
    ['3.1.0', ['kernelArguments', 'shouldExist', 'resize', 'luks', 'discard', 'openOptions', 'advertisement', 'cex']],
    ['3.2.0', ['kernelArguments', 'discard', 'openOptions', 'advertisement', 'cex']],
    ['3.3.0', ['discard', 'openOptions', 'advertisement', 'cex']],
    ['3.4.0', ['cex']],
  ])('of %s do not come to life beside 3.5.0: %j', (version, keys) => {
    const given = config(later, version);
    for (const both of [mergeConfigs(given, config({}, '3.5.0')), mergeConfigs(config({}, '3.5.0'), given)]) {
      const { unknown, ...known } = JSON.parse(JSON.stringify(both));
      expect(unknown).toEqual(later.unknown);
      for (const key of keys) expect(JSON.stringify(known)).not.toContain(`"${key}"`);
    }
  });

  it('stay in one of 3.5.0', () => {
    const { ignition: _, ...both } = JSON.parse(JSON.stringify(mergeConfigs(config({}), config(later, '3.5.0'))));
    expect(both).toEqual(later);
  });
});

describe('any configs whose paths keep their kind', () => {
  const optional = { requiredKeys: [] as [] };
  const source = fc.constantFrom('data:,a', 'data:,b').map((text) => ({ source: text }));
  const mode = fc.constantFrom(0o600, 0o4755);
  const texts = fc.uniqueArray(fc.constantFrom('k', 'l', 'm'));
  const byName = <Entry extends object>(names: readonly string[], key: string, entry: fc.Arbitrary<Entry>) =>
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...names), entry), { selector: ([name]) => name })
      .map((entries) => entries.map(([name, rest]) => ({ [key]: name, ...rest })));
  const dropins = byName(['1.conf', '2.conf'], 'name', fc.record({ contents: fc.constantFrom('x', 'y') }, optional));
  const documentOf = (appended: fc.Arbitrary<object>) =>
    fc
      .record({
        version: fc.constantFrom(...ignitionVersions),
        files: byName(['/f/a', '/f/b', '/f/c'], 'path', appended),
        directories: byName(['/d/a', '/d/b'], 'path', fc.record({ mode }, optional)),
        links: byName(['/l/a', '/l/b'], 'path', fc.record({ target: fc.constantFrom('/x', '/y') }, optional)),
        units: byName(['a.service', 'b.service'], 'name', fc.record({ enabled: fc.boolean(), dropins }, optional)),
        users: byName(['core', 'me'], 'name', fc.record({ sshAuthorizedKeys: texts, groups: texts }, optional)),
      })
      .map(({ version, units: list, users: people, ...storage }) =>
        config({ storage, systemd: { units: list }, passwd: { users: people } }, version),
      );
  const still = documentOf(fc.record({ mode, contents: source }, optional));
  const appending = documentOf(fc.record({ mode, contents: source, append: fc.array(source) }, optional));

  it('give the same in whatever order they are brought together', () => {
    fc.assert(
      fc.property(appending, appending, appending, (a, b, c) => {
        expect(plain(mergeConfigs(mergeConfigs(a, b), c))).toEqual(plain(mergeConfigs(a, mergeConfigs(b, c))));
      }),
    );
  });

  it('change nothing when they are merged again, if they append nothing', () => {
    fc.assert(
      fc.property(appending, still, (parent, child) => {
        const once = mergeConfigs(parent, child);
        expect(plain(mergeConfigs(once, child))).toEqual(plain(once));
      }),
    );
  });
});
