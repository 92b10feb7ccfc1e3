import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { checkIgnitionOverride } from '#domain/infra-env/ignition-override.ts';
import { ignitionVersions } from '#domain/values/ignition/versions.ts';
import { refusalOf } from '../values/refusal.ts';

interface Sections {
  readonly ignition?: object;
  readonly storage?: object;
  readonly [section: string]: unknown;
}

const refusal = ({ ignition, ...rest }: Sections, version = '3.2.0') =>
  refusalOf(() => checkIgnitionOverride(JSON.stringify({ ignition: { version, ...ignition }, ...rest })));

const file = (fields: object): Sections => ({ storage: { files: [{ path: '/a', ...fields }] } });
const source = (url: string, fields: object = {}) => file({ contents: { source: url, ...fields } });
const partitions = (...list: object[]): Sections => ({ storage: { disks: [{ device: '/dev/a', partitions: list }] } });
const raid = (fields: object): Sections => ({
  storage: { raid: [{ name: 'md', level: 'raid1', devices: ['/dev/a', '/dev/b'], ...fields }] },
});
const filesystem = (fields: object): Sections => ({ storage: { filesystems: [{ device: '/dev/a', ...fields }] } });
const luks = (fields: object): Sections => ({ storage: { luks: [{ name: 'd', device: '/dev/b', ...fields }] } });
const unit = (contents: string): Sections => ({ systemd: { units: [{ name: 'a.service', contents }] } });
const user = (fields: object): Sections => ({ passwd: { users: [{ name: 'a', ...fields }] } });
const header = (fields: object) => source('https://a.example', { httpHeaders: [fields] });

const hashOf = (kind: 'sha256' | 'sha512', text: string) => `${kind}-${createHash(kind).update(text).digest('hex')}`;
const hashed = (hash: string) => source('data:,x', { verification: { hash } });
const tang = { url: 'https://tang.example', thumbprint: 'x' };
const guid = '5dfbf5f4-2848-4bac-aa5e-0d9a20b745a6';
const longLine = 'x'.repeat(2_048);

/** What Ignition says is invalid: in 3.1.0 to 3.5.0, unless a version is named. */
const invalid: readonly [place: string, wrong: Sections, version?: string][] = [
  ['storage.files.0.contents.source', source('data:,hello world')],
  ['storage.files.0.contents.source', source('hello')],
  ['storage.files.0.contents.source', source('data:;base64,%%%')],
  ['storage.files.0.contents.source', source('data:;base64,YQ')],
  ['storage.files.0.contents.source', source('data:;base64,YQ==YQ==')],
  ['storage.files.0.contents.source', source('data:;base64')],
  ['storage.files.0.contents.source', source('data:,a%2')],
  ['storage.files.0.contents.source', source('data:,ä')],
  ['storage.files.0.contents.source', source('data:text,a')],
  ['storage.files.0.contents.source', source('data:;charset,a')],
  ['storage.files.0.contents.source', source('data:;charset=a b,a')],
  ['storage.files.0.contents.source', source('DATA:,a')],
  ['storage.files.0.contents.source', source('data:,a\nb')],
  ['storage.files.0.contents.source', source('ftp://a.example')],
  ['storage.files.0.contents.source', source('http://a b')],
  ['storage.files.0.contents.source', source('http://a.example:port')],
  ['storage.files.0.contents.source', source('http://a.example/%zz')],
  ['storage.files.0.contents.source', source('http://u s@a.example')],
  ['storage.files.0.contents.source', source('http://[::1')],
  ['storage.files.0.contents.source', source('s3://bucket/key?versionId=')],
  ['storage.files.0.contents.source', source('gs://bucket/key'), '3.1.0'],
  ['storage.files.0.contents.source', source('arn:aws:s3:::bucket/key'), '3.3.0'],
  ['storage.files.0.contents.source', source('arn:aws:s3:::bucket'), '3.4.0'],
  ['storage.files.0.contents.source', source('arn:aws:ec2:::bucket/key'), '3.5.0'],
  ['storage.files.0.append.0.source', file({ append: [{ source: 'hello' }] })],
  ['storage.files.0.contents.verification.hash', hashed('md5-d41d8cd98f00b204e9800998ecf8427e')],
  ['storage.files.0.contents.verification.hash', hashed('sha256-abc')],
  ['storage.files.0.contents.verification.hash', hashed('')],
  ['storage.files.0.contents.verification.hash', file({ contents: { verification: { hash: hashOf('sha256', '') } } })],
  ['storage.files.0.contents.httpHeaders', source('data:,a', { httpHeaders: [{ name: 'A', value: 'b' }] })],
  ['storage.files.0.contents.httpHeaders.0.name', header({ name: '', value: 'b' })],
  ['storage.files.0.contents.httpHeaders.0.value', header({ name: 'A', value: '' })],
  ['storage.files.0.contents.httpHeaders', source('http://a', { httpHeaders: [{ name: 'A' }, { name: 'A' }] })],
  ['storage.files.0.overwrite', file({ overwrite: true })],
  ['storage.files.0.overwrite', file({ overwrite: true, append: [{ source: 'data:,a' }] })],
  ['storage.files.0.user', file({ user: { id: 0, name: 'root' } })],
  ['storage.disks.0.partitions.0.number', partitions({ number: '1' })],
  ['storage.disks.0.partitions.0', partitions({})],
  ['storage.disks.0.partitions', partitions({ number: 1 }, { number: 1 })],
  ['storage.disks.0.partitions', partitions({ number: 1, label: 'a' }, { label: 'a' })],
  ['storage.disks.0.partitions', partitions({ number: 1, shouldExist: false }, { label: 'a' })],
  ['storage.disks.0.partitions.0', partitions({ number: 1, shouldExist: false, sizeMiB: 0 })],
  ['storage.disks.0.partitions.0.label', partitions({ label: 'ä'.repeat(19) })],
  ['storage.disks.0.partitions.0.label', partitions({ label: 'a:b' })],
  ['storage.disks.0.partitions.0.guid', partitions({ number: 1, guid: `${guid}\n` })],
  ['storage.disks.0.partitions.0.typeGuid', partitions({ number: 1, typeGuid: 'linux' })],
  [
    'storage.disks.0.partitions',
    partitions({ number: 1, startMiB: 1, sizeMiB: 2 }, { number: 2, startMiB: 2, sizeMiB: 1 }),
  ],
  [
    'storage.disks.0.partitions',
    partitions({ number: 1, startMiB: 3, sizeMiB: 0 }, { number: 2, startMiB: 1, sizeMiB: 9 }),
  ],
  ['storage.disks.0.device', { storage: { disks: [{ device: 'sda' }] } }],
  ['storage.disks', { storage: { disks: [{ device: '/dev/a' }, { device: '/dev/a' }] } }],
  ['storage.raid.0.level', { storage: { raid: [{ name: 'md', devices: ['/dev/a'] }] } }],
  ['storage.raid.0.level', raid({ level: 'raid7' })],
  ['storage.raid.0.devices', raid({ devices: [] })],
  ['storage.raid.0.devices', raid({ devices: ['/dev/a', '/dev/a'] })],
  ['storage.raid.0.devices.0', raid({ devices: ['a'] })],
  ['storage.raid.0.spares', raid({ level: 'linear', spares: 1 })],
  ['storage.filesystems.0.format', filesystem({ path: '/data' })],
  ['storage.filesystems.0.format', filesystem({ mountOptions: ['ro'] })],
  ['storage.filesystems.0.format', filesystem({ format: 'ext3' })],
  ['storage.filesystems.0.format', filesystem({ format: 'none' }), '3.2.0'],
  ['storage.filesystems.0.path', filesystem({ format: 'xfs', path: 'data' })],
  ['storage.filesystems.0.label', filesystem({ format: 'xfs', label: 'x'.repeat(13) })],
  ['storage.filesystems.0.label', filesystem({ format: 'vfat', label: 'ä'.repeat(6) })],
  ['storage.luks.0.device', { storage: { luks: [{ name: 'd' }] } }, '3.2.0'],
  ['storage.luks.0.name', luks({ name: 'a/b' }), '3.2.0'],
  ['storage.luks.0.label', luks({ label: 'x'.repeat(48) }), '3.2.0'],
  ['storage.luks.0.keyFile.source', luks({ keyFile: { source: 'hello' } }), '3.2.0'],
  ['storage.luks.0.clevis.tang.0.thumbprint', luks({ clevis: { tang: [{ url: 'https://t' }] } }), '3.2.0'],
  ['storage.luks.0.clevis.tang.0.url', luks({ clevis: { tang: [{ ...tang, url: 'ftp://t' }] } }), '3.2.0'],
  ['storage.luks.0.clevis.tang', luks({ clevis: { tang: [tang, tang] } }), '3.2.0'],
  [
    'storage.luks.0.clevis.tang.0.advertisement',
    luks({ clevis: { tang: [{ ...tang, advertisement: '{{' }] } }),
    '3.4.0',
  ],
  ['storage.luks.0.clevis.custom.pin', luks({ clevis: { custom: { pin: 'x', config: '{}' } } }), '3.2.0'],
  ['storage.luks.0.clevis.custom.config', luks({ clevis: { custom: { pin: 'sss' } } }), '3.3.0'],
  ['storage.luks.0.clevis.custom', luks({ clevis: { tpm2: true, custom: {} } }), '3.2.0'],
  ['storage.luks.0.clevis.custom', luks({ clevis: { tpm2: true, custom: { pin: 'sss', config: '{}' } } }), '3.3.0'],
  ['storage.luks.0.cex', luks({ cex: { enabled: true }, clevis: { tpm2: true } }), '3.5.0'],
  ['storage.links.0.target', { storage: { links: [{ path: '/a' }] } }, '3.3.0'],
  ['systemd.units.0.contents', unit('[Unit')],
  ['systemd.units.0.contents', unit('[Unit]x\n')],
  ['systemd.units.0.contents', unit('[Unit]\nx\n')],
  ['systemd.units.0.contents', unit('[Unit]\nx')],
  ['systemd.units.0.contents', unit(`[Unit]\n${longLine}`)],
  [
    'systemd.units.0.dropins.0.contents',
    { systemd: { units: [{ name: 'a.service', dropins: [{ name: 'a.conf', contents: '[Unit' }] }] } },
  ],
  ['passwd.users.0.sshAuthorizedKeys', user({ sshAuthorizedKeys: ['ssh-ed25519 AAAA', 'ssh-ed25519 AAAA'] })],
  ['passwd.users.0.groups', user({ groups: ['a', 'a'] })],
  ['passwd.users.0.uid', user({ uid: 1.5 })],
  ['passwd.users.0.system', user({ system: 'yes' })],
  ['ignition.config.merge.0', { ignition: { config: { merge: [{}] } } }],
  ['ignition.config.merge', { ignition: { config: { merge: [{ source: 'data:,' }, { source: 'data:,' }] } } }],
  ['ignition.config.replace.compression', { ignition: { config: { replace: { compression: 'xz' } } } }],
  [
    'ignition.security.tls.certificateAuthorities.0',
    { ignition: { security: { tls: { certificateAuthorities: [{}] } } } },
  ],
  ['ignition.proxy.httpProxy', { ignition: { proxy: { httpProxy: '' } } }],
  ['ignition.proxy.httpsProxy', { ignition: { proxy: { httpsProxy: 'socks5://a' } } }],
  ['ignition.proxy.noProxy', { ignition: { proxy: { noProxy: ['a', 'a'] } } }],
  ['ignition.timeouts.httpTotal', { ignition: { timeouts: { httpTotal: '10' } } }],
  ['kernelArguments.shouldExist', { kernelArguments: { shouldExist: 'a' } }, '3.3.0'],
  ['kernelArguments.shouldExist', { kernelArguments: { shouldExist: ['a', 'a'] } }, '3.3.0'],
  ['kernelArguments', { kernelArguments: { shouldExist: ['a'], shouldNotExist: ['a'] } }, '3.3.0'],
];

/** What Ignition takes, and no host lives with. */
const unfit: readonly [place: string, wrong: Sections][] = [
  ['storage.files.0.contents.compression', source('data:,x', { compression: 'gzip' })],
  ['storage.files.0.contents.verification.hash', hashed(hashOf('sha256', 'y'))],
  ['storage.files.0.path', { storage: { files: [{ path: `/${'a'.repeat(256)}` }] } }],
  ['storage.files.0.path', { storage: { files: [{ path: '/a/b'.repeat(1_024) }] } }],
  ['storage.links.0.target', { storage: { links: [{ path: '/a', target: '' }] } }],
  ['Storage', { Storage: { files: [{ path: '/a' }] } }],
  ['storage.lin\u212as', { storage: { 'lin\u212as': [] } }],
  ['storage.LUKS', { storage: { LUKS: [] } }],
];

const valid: readonly [what: string, right: Sections, version?: string][] = [
  ['an empty source', file({ overwrite: true, contents: { source: '' } })],
  ['media types and parameters', source('data:text/plain;charset="utf-8";x=%20;base64,YQ==')],
  ['signs that need no encoding', source("data:,a!$&'()*+,;=:@/?~-._%20")],
  ['the hash of the content', hashed(hashOf('sha512', 'x').toUpperCase().replace('SHA', 'sha'))],
  ['a port, a user and a path', source('http://u:p%20w@[::1]:80/a b/ä?x=%zz#y')],
  ['objects of clouds', source('gs://bucket/key')],
  ['an access point', source('arn:aws:s3:us-west-1:123456789012:accesspoint/ap/key?versionId=1'), '3.4.0'],
  [
    'partitions one behind the other',
    partitions({ number: 1, startMiB: 1, sizeMiB: 1 }, { label: 'a', startMiB: 2, sizeMiB: 1 }),
  ],
  ['a partition that should not exist', partitions({ number: 1, shouldExist: false, guid: '' })],
  ['spares', raid({ spares: 1 })],
  ['a device that is left as it is', filesystem({ wipeFilesystem: false, label: '', options: [] })],
  ['a device without a file system', filesystem({ format: 'none' }), '3.3.0'],
  [
    'an advertisement that 3.3.0 does not know',
    luks({ clevis: { tang: [{ ...tang, advertisement: '{{' }] } }),
    '3.3.0',
  ],
  ['an unused custom config', luks({ clevis: { tpm2: true, custom: { needsNetwork: false } } }), '3.3.0'],
  ['LUKS that 3.1.0 does not know', { storage: { luks: [{ name: 'd' }] } }, '3.1.0'],
  ['kernel arguments that 3.2.0 does not know', { kernelArguments: { shouldExist: 'a' } }, '3.2.0'],
  ['a unit in several lines', unit('# c\n[Unit]\r\nA=b \\\n c\n\n; d\n[Install]\nWantedBy=x')],
  [
    'a hard link',
    { storage: { links: [{ path: '/a', target: '../b', hard: true }], directories: [{ path: '/b/c' }] } },
  ],
];

const from = (version: string | undefined) => (version === undefined ? ignitionVersions : [version]);

describe('what Ignition calls invalid', () => {
  test.each(invalid)('at $.%s is refused with its place: %j %s', (place, wrong, version) => {
    for (const each of from(version)) expect(refusal(wrong, each)).toContain(`at $.${place}: `);
  });
});

describe('what Ignition takes, but no host lives with', () => {
  test.each(unfit)('at $.%s is refused with its place', (place, wrong) => {
    expect(refusal(wrong)).toContain(`at $.${place}: `);
  });

  test.each([
    ['below a file', { files: [{ path: '/a' }, { path: '/a/b' }] }, '/a has to be a directory, because of /a/b'],
    ['at the root', { files: [{ path: '/' }] }, '/ has to be a directory, because of /'],
    ['below a link', { files: [{ path: '/a/b' }], links: [{ path: '/a', target: '/c' }] }, '/a has to be a directory'],
    [
      'at the end of a hard link that is a directory',
      { directories: [{ path: '/d' }], links: [{ path: '/a', target: '../d', hard: true }] },
      '/a is a hard link to a directory',
    ],
  ])('%s is refused', (_, storage, message) => {
    expect(refusal({ storage })).toContain(`ignition_config_override: ${message}`);
  });

  it.each(['/etc/systemd/system/a.service', '/etc/systemd/system/a.service.d/b.conf'])(
    'a file at the place of a unit is refused: %s',
    (path) => {
      const units = [{ name: 'a.service', contents: '[Unit]', dropins: [{ name: 'b.conf', contents: '[Unit]' }] }];
      expect(refusal({ storage: { files: [{ path }] }, systemd: { units } })).toContain(`${path} is there twice`);
    },
  );
});

describe('what Ignition takes', () => {
  test.each(valid)('is taken: %s', (_, right, version) => {
    expect(refusal(right, version ?? '3.2.0')).toBeUndefined();
  });
});
