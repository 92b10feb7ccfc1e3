import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkIgnitionOverride } from '#domain/infra-env/ignition-override.ts';
import { ignitionVersions } from '#domain/values/ignition/versions.ts';
import { hasTools } from '#test/tools.ts';
import { refusalOf } from '../values/refusal.ts';

const theirsOf = (config: string): string | undefined => {
  const { status, stdout, stderr } = spawnSync('ignition-validate', ['-'], { input: config, encoding: 'utf8' });
  return status === 0 ? undefined : stdout + stderr;
};

/** Where this service refuses what Ignition's validator takes, and why. */
const stricter: readonly RegExp[] = [
  // A host cannot have it: no name, no number below 0, null in a list, or nothing at the end of a link.
  /(?:name|target|options\.\d+|append\.\d+|users\.\d+|groups\.\d+|Keys\.\d+|noProxy\.\d+|(?:not)?exist\.\d+): Invalid input/i,
  /(?:name|target): Too small/,
  /(?:id|uid|gid|number|MiB|spares|threshold): Too small/,
  /luks\.\d+\.name: must be a name without slashes/,
  // systemd does not read units and drop-ins of such names.
  /must be the name of a (?:systemd unit|\.conf file)/,
  // The host would find at boot that the content is another one, or cannot be unpacked.
  /is not the hash of the source|gzip cannot unpack the source|must be sha256- or sha512-/,
  // The validator finds this for some of the later versions, or later releases of it do.
  /clevis\.custom\.(?:pin|config): /,
  /is there twice, once as a unit or drop-in/,
  // A directory and a file cannot have one path.
  /has to be a directory, because of/,
  // Ignition takes or refuses such lines by where its buffer ends.
  /has a line of more than 2047 bytes/,
  // Nothing of the infra-env would be left.
  /it would discard all other settings/,
];

const maybe = <Value>(...values: readonly Value[]) => fc.constantFrom<Value>(...values);
const some = (shape: Record<string, fc.Arbitrary<unknown>>) => fc.record(shape, { requiredKeys: [] });
const few = (entry: fc.Arbitrary<unknown>) => fc.array(entry, { maxLength: 3 });

const source = fc.oneof(
  maybe<unknown>(
    '',
    null,
    1,
    'hello',
    'data:,a',
    'data:;base64,YQ==',
    'data:;base64,YQ',
    'http://a/%zz',
    's3://a/b?versionId=',
  ),
  maybe(
    'https://u:p@[::1]:8/a',
    'gs://a/b',
    'arn:aws:s3:::a/b',
    'tftp://a',
    'ftp://a',
    'http://a b',
    'http://a:b',
    'http://%41',
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 12 }).map((text) => `data:,${text}`),
  fc.string({ unit: fc.constantFrom(...'ab/;,="%4 +;base64'), maxLength: 14 }).map((text) => `data:${text},YQ==`),
  fc.string({ unit: fc.constantFrom(...'a:/@%2?#. -'), maxLength: 14 }).map((text) => `http://${text}`),
);
const hash = maybe<unknown>(
  '',
  null,
  'md5-a',
  'sha256-a',
  `sha256-${'a'.repeat(64)}`,
  `sha512-${'B'.repeat(128)}`,
  `sha512-${'g'.repeat(128)}`,
);
const resource = some({
  source,
  compression: maybe<unknown>('', null, 'gzip', 'xz'),
  verification: some({ hash }),
  httpHeaders: few(some({ name: maybe('', 'A', 'B'), value: maybe<unknown>('', 'x', null) })),
});
const path = maybe<unknown>(
  '/',
  '/a',
  '/b',
  '/a/b',
  '/a/c',
  'a',
  '',
  '/a/',
  '/a/../b',
  null,
  '/etc/systemd/system/a.service',
);
const device = maybe<unknown>('/dev/a', '/dev/b', 'a', '', null, '/dev//a');
const flag = maybe<unknown>(true, false, null, 'x');
const name = maybe<unknown>('a', 'b', '', null, 'a/b');
const count = maybe<unknown>(0, 1, 2, 3, -1, null, '1', 1.5);
const owner = some({ id: maybe<unknown>(0, 1, -1, null), name: maybe<unknown>('', 'a', null) });
const node = { path, overwrite: flag, user: owner, group: owner };
const guid = maybe<unknown>('', null, 'x', '5DFBF5F4-2848-4BAC-AA5E-0D9A20B745A6');
const label = maybe<unknown>(
  '',
  null,
  'a',
  'b',
  'a:b',
  'x'.repeat(12),
  'x'.repeat(36),
  'x'.repeat(37),
  'ä'.repeat(6),
  'x'.repeat(48),
);
const texts = few(maybe<unknown>('a', 'b', '', null));
const unitText = fc.oneof(
  maybe<unknown>('', null, '[Unit]', '[Unit', '[Unit]\nA=b', '[Unit]\nA', 'x'),
  fc.string({ unit: fc.constantFrom(...'[]=\\\n\r\t #;aU'), maxLength: 16 }),
);

const storage = some({
  files: few(
    some({
      ...node,
      mode: maybe<unknown>(420, -1, 4096, 0o4755, null, '1'),
      contents: resource,
      append: few(resource),
    }),
  ),
  directories: few(some({ ...node, mode: maybe<unknown>(493, 8192) })),
  links: few(some({ ...node, hard: flag, target: maybe<unknown>('/a', '../b', '', null) })),
  disks: few(
    some({
      device,
      wipeTable: flag,
      partitions: few(
        some({
          number: count,
          label,
          guid,
          typeGuid: guid,
          sizeMiB: count,
          startMiB: count,
          shouldExist: flag,
          resize: flag,
        }),
      ),
    }),
  ),
  raid: few(
    some({
      name,
      level: maybe<unknown>('raid1', '0', 'linear', 'raid7', null),
      devices: few(device),
      spares: count,
      options: texts,
    }),
  ),
  filesystems: few(
    some({
      device,
      format: maybe<unknown>('xfs', 'ext4', 'vfat', 'swap', 'none', 'ext3', '', null),
      path,
      label,
      uuid: maybe<unknown>('', 'x'),
      options: texts,
      mountOptions: texts,
      wipeFilesystem: flag,
    }),
  ),
  luks: few(
    some({
      name,
      device,
      label,
      keyFile: resource,
      discard: flag,
      clevis: some({
        tpm2: flag,
        threshold: count,
        tang: few(some({ url: maybe<unknown>('http://t', 'x', null), thumbprint: maybe<unknown>('x', '', null) })),
        custom: some({
          pin: maybe<unknown>('sss', 'x', '', null),
          config: maybe<unknown>('{}', '', null),
          needsNetwork: flag,
        }),
      }),
    }),
  ),
});

const passwd = some({
  users: few(some({ name, uid: count, sshAuthorizedKeys: texts, groups: texts, system: flag, shouldExist: flag })),
  groups: few(some({ name, gid: count, system: flag })),
});

const unitName = maybe<unknown>('a.service', 'b.mount', 'a', 'a b.service', null);
const systemd = some({
  units: few(
    some({
      name: unitName,
      enabled: flag,
      contents: unitText,
      dropins: few(some({ name: maybe<unknown>('a.conf', 'b.conf', 'a', null), contents: unitText })),
    }),
  ),
});

const ignition = some({
  config: some({ merge: few(resource), replace: resource }),
  proxy: some({ httpProxy: source, httpsProxy: source, noProxy: texts }),
  security: some({ tls: some({ certificateAuthorities: few(resource) }) }),
  timeouts: some({ httpTotal: count }),
});

const sections = { storage, passwd, systemd, kernelArguments: some({ shouldExist: texts, shouldNotExist: texts }) };

/** One section at a time, one of its members, so that few of them are wrong in several places. */
const part = (arbitrary: fc.Arbitrary<object>) =>
  arbitrary.chain((members) => {
    const entries = Object.entries(members);
    return entries.length === 0
      ? fc.constant({})
      : fc.constantFrom(...entries).map((entry) => Object.fromEntries([entry]));
  });

const anyConfig = (versions: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...versions),
      fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: part(ignition) }),
      fc.oneof(
        ...Object.entries(sections).map(([key, section]) => part(section).map((value): object => ({ [key]: value }))),

        fc.record({ storage: part(storage), systemd: part(systemd) }),
      ),
    )
    .map(([version, own, config]) => JSON.stringify({ ignition: { version, ...own }, ...config }));

describe.runIf(hasTools('ignition-validate'))('this service and Ignition itself', () => {
  const versions = ignitionVersions.filter(
    (version) => theirsOf(JSON.stringify({ ignition: { version } })) === undefined,
  );

  it('agree about any config, but for what no host lives with', () => {
    let [taken, refused] = [0, 0];
    const property = fc.property(anyConfig(versions), (config) => {
      const [ours, theirs] = [refusalOf(() => checkIgnitionOverride(config)), theirsOf(config)];
      if (ours === undefined) {
        taken += 1;
        expect(theirs).toBeUndefined();
        return;
      }
      refused += 1;
      if (theirs !== undefined) return;
      const faults = ours.replace(/^error parsing ignition: config is not valid, error report: /, '').split('; ');
      for (const fault of faults)
        expect(
          stricter.some((reason) => reason.test(fault)),
          `${fault} ${config}`,
        ).toBe(true);
    });
    fc.assert(property, { numRuns: 120 });
    expect(Math.min(taken, refused)).toBeGreaterThan(20);
  }, 120_000);
});
