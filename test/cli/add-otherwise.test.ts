import { mkdirSync, readFileSync } from 'node:fs';
import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeInstaller } from '#local/sample-release/openshift-install/make-installer.ts';
import { installerArchive, sha256, tarOf } from '#test/fakes/installer-archive.ts';
import { signingKey } from '#test/fakes/release-key.ts';
import { sharedFolder, temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { localStack } from './local-stack.ts';
import { operator } from './operator.ts';

const stack = await localStack();
const { releaseKey } = await signingKey();
const { run } = operator({ data: stack.data, releaseKey });
const root = await sharedFolder();
const version = '4.21.5';
const binary = await makeInstaller({ dir: join(root, version), version, generation: 'G2' });
const content = readFileSync(binary);

afterEach(async () => {
  vi.unstubAllEnvs();
  await run(['remove', version]);
});

const fileWith = async (bytes: Buffer | string): Promise<string> => {
  const path = join(await temporaryFolder(), 'given');
  await writeFile(path, bytes);
  return path;
};

describe('a file at hand', () => {
  it.each([
    ['a binary', async () => content],
    ['the archive of the mirror', () => installerArchive(content)],
    ['a plain tar archive', () => tarOf({ 'openshift-install': content })],
  ])('that is %s makes a release of the version that it prints', async (_, make) => {
    const { said, failed } = await run(['add', '--file', await fileWith(await make())]);
    expect(failed).toBeUndefined();
    expect(said).toEqual([expect.stringContaining(`added ${version} for x86_64 (production, file`)]);
    expect(await stack.releases.get(version, {})).toMatchObject({
      provenance: 'file',
      installer: {
        sha256: sha256(content),
        size: content.length,
        encoding: 'zstd',
        profile: { flags: expect.arrayContaining(['--interactive']) },
      },
    });
  });

  it('that is given again changes nothing', async () => {
    const file = await fileWith(content);
    await run(['add', version, '--file', file]);
    expect((await run(['add', '--file', file])).said).toEqual([
      `${version} is there already and intact: nothing to do`,
    ]);
  });

  it('of another build of the same release takes the place of the first one', async () => {
    await run(['add', '--file', binary]);
    const other = Buffer.concat([content, Buffer.from('//\n')]);
    expect((await run(['add', '--file', await fileWith(other)])).said).toEqual([expect.stringContaining('updated')]);
    expect((await stack.releases.get(version, {}))?.installer.sha256).toBe(sha256(other));
    expect(await stack.keys()).toEqual([`installers/${version}/${sha256(other)}.zst`]);
  });

  it('of the same version but another release image is refused', async () => {
    await run(['add', '--file', binary]);
    const releaseImage = `quay.io/other@sha256:${'1'.repeat(64)}`;
    const other = await makeInstaller({ dir: await temporaryFolder(), version, generation: 'G2', releaseImage });
    expect((await run(['add', '--file', other])).failed).toContain('with another release image');
    expect((await stack.releases.get(version, {}))?.installer.sha256).toBe(sha256(content));
  });

  it('of the same image in another registry is accepted: the digest says so', async () => {
    await run(['add', '--file', binary]);
    const { releaseImage = '' } = (await stack.releases.get(version, {})) ?? {};
    const mirrored = releaseImage.replace(/^[^@]+/, 'registry.lab:5000/ocp/release');
    const other = await makeInstaller({
      dir: await temporaryFolder(),
      version,
      generation: 'G2',
      releaseImage: mirrored,
    });
    expect((await run(['add', '--file', other])).failed).toBeUndefined();
  });

  it('that cannot be stored makes no release', async () => {
    const data = await temporaryFolder();
    const running = JSON.parse(await readFile(join(stack.data, 'stack.json'), 'utf8'));
    running.outputs.ReleasesBucket = 'absent';
    await writeFile(join(data, 'stack.json'), JSON.stringify(running));
    const elsewhere = operator({ data, releaseKey });
    expect((await elsewhere.run(['add', '--file', binary])).failed).toMatch(/bucket.*deploy the stack again/i);
    expect(await stack.releases.all()).toEqual([]);
  });

  const refused: readonly (readonly [string, () => Promise<Buffer | string>, RegExp])[] = [
    [
      'is a script of something else',
      async () => '#!/bin/sh\nexit 3\n',
      /version of the installer failed: the file is not an openshift-install/,
    ],
    ['prints something else', async () => '#!/bin/sh\necho hello\n', /not an openshift-install of a release/],
    [
      'is not a program',
      async () => 'echo hello\n',
      /not a program for Linux: get the openshift-install for Linux on x86_64/,
    ],
    [
      'is a program for another CPU',
      async () => Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(11), Buffer.from([0xb7, 0])]),
      /the installer is for another CPU/,
    ],
    [
      'is a program that cannot be started',
      async () => '#!/nowhere/interpreter\n',
      /cannot run the installer \(ENOENT\).*add releases on linux\/amd64/,
    ],
    ['is an archive without it', async () => gzipSync(await tarOf({ oc: 'x' })), /no openshift-install in the archive/],
    [
      'is an archive that breaks off',
      async () => (await installerArchive(content)).subarray(0, 5000),
      /is damaged or cut off: get it again/,
    ],
  ];

  it.each(refused)('that %s is refused', async (_, make, reason) => {
    const { failed } = await run(['add', '--file', await fileWith(await make())]);
    expect(failed).toMatch(reason);
    expect(await stack.keys()).toEqual([]);
  });

  it('that is of another version than the one named is refused', async () => {
    expect((await run(['add', '4.21.6', '--file', binary])).failed).toContain(
      `the installer is of version ${version}, not of 4.21.6`,
    );
    expect(await stack.releases.all()).toEqual([]);
  });

  it('that is not there is refused', async () => {
    expect((await run(['add', '--file', '/nowhere/installer'])).failed).toBe(
      'release: /nowhere/installer cannot be read: there is no such file',
    );
    expect((await run(['add', '--file', root])).failed).toContain('it is a folder');
  });
});

describe('a release payload', () => {
  const pullSpec = 'quay.io/openshift-release-dev/ocp-release:4.21.5-x86_64';
  const secret = JSON.stringify({ auths: { 'quay.io': { auth: 'dXNlcjpodW50ZXIyMjI=' } } });

  /** An `oc` that keeps what it was called with and the file it was given, then does what the script says. */
  const givenOc = async (script: string) => {
    const dir = await temporaryFolder();
    const bin = join(dir, 'bin');
    mkdirSync(bin);
    const pullSecret = join(dir, 'pull-secret.json');
    await writeFile(pullSecret, secret);
    const record = [
      `for word in "$@"; do printf '%s\\n' "$word" >>'${dir}/words'; done`,
      `for word in "$@"; do case "$word" in --to=*) to="\${word#--to=}";; --registry-config=*) config="\${word#--registry-config=}";; esac; done`,
      `cp "$config" '${dir}/seen'; stat -c %a "$config" >'${dir}/mode'`,
    ];
    await writeFile(join(bin, 'oc'), ['#!/bin/sh', ...record, script].join('\n'));
    await chmod(join(bin, 'oc'), 0o755);
    vi.stubEnv('PATH', `${bin}:/usr/bin:/bin`);
    const text = (name: string) => readFile(join(dir, name), 'utf8');
    return { pullSecret, text };
  };

  const add = (pullSecret: string) => run(['add', '--release-image', pullSpec, '--pull-secret', pullSecret]);

  it('is opened by oc, with a private copy of the pull secret that is gone afterwards', async () => {
    const { pullSecret, text } = await givenOc(`cp '${binary}' "$to/openshift-install"`);
    expect((await add(pullSecret)).failed).toBeUndefined();
    const words = (await text('words')).trim().split('\n');
    const [to = '', config = ''] = [words[4], words[5]].map((word) => word?.replace(/^[^=]+=/, ''));
    expect(words).toEqual([
      'adm',
      'release',
      'extract',
      '--command=openshift-install',
      `--to=${to}`,
      `--registry-config=${config}`,
      pullSpec,
    ]);
    expect(await text('seen')).toBe(secret);
    expect((await text('mode')).trim()).toBe('600');
    await expect(readFile(config)).rejects.toThrow('ENOENT');
    expect(await stack.releases.get(version, {})).toMatchObject({ provenance: 'release-image' });
  });

  it('that oc cannot get is refused with its last word, and without the pull secret', async () => {
    const { pullSecret } = await givenOc(
      `echo trying >&2; echo "error: unauthorized: $(cat "$config") hunter222" >&2; exit 1`,
    );
    const { failed } = await add(pullSecret);
    expect(failed).toContain(`oc cannot extract the installer from ${pullSpec}: error: unauthorized`);
    expect(failed).not.toMatch(/hunter222|dXNlcjpodW50ZXIyMjI/);
  });

  it('without an installer in it is refused', async () => {
    const { pullSecret } = await givenOc('true');
    expect((await add(pullSecret)).failed).toContain(`oc found no openshift-install in ${pullSpec}`);
  });

  it('needs an oc in PATH', async () => {
    const { pullSecret } = await givenOc('');
    vi.stubEnv('PATH', root);
    expect((await add(pullSecret)).failed).toBe(
      'release: there is no `oc` in PATH: install the OpenShift client, or get the installer and use --file',
    );
  });

  it('needs a pull secret that can be read', async () => {
    const { pullSecret } = await givenOc('');
    expect((await add(`${pullSecret}.other`)).failed).toContain('cannot be read: give --pull-secret a file');
    await copyFile(binary, pullSecret);
    const { failed } = await add(pullSecret);
    expect(failed).toContain('is not JSON');
    expect(failed).not.toContain('require');
  });
});
