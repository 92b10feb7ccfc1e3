import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { zstdDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installerArchive, publish, sha256 } from '#test/fakes/installer-archive.ts';
import { type Mirror, startMirror } from '#test/fakes/mirror-server.ts';
import { signatureForms, signingKey } from '#test/fakes/release-key.ts';
import { sharedFolder, temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { type InstallerPlan, makeInstaller } from '#test/stand-ins/openshift-install/make-installer.ts';
import { localStack } from './local-stack.ts';
import { operator } from './operator.ts';

const key = await signingKey();
const stranger = await signingKey();
const stack = await localStack();
const { run } = operator({ data: stack.data, releaseKey: key.releaseKey });
const root = await sharedFolder();

let made = 0;
const installer = async (plan: Omit<InstallerPlan, 'dir'>): Promise<Buffer> => {
  made += 1;
  return readFileSync(await makeInstaller({ dir: `${root}/${made}`, ...plan }));
};

let count = 0;
/** A version that no other test uses: they share one stack. */
const newVersion = (): string => {
  count += 1;
  return `4.20.${count}`;
};

interface Given extends Partial<InstallerPlan> {
  readonly publishedAs?: string;
}

/** A release on a mirror. */
const given = async (plan: Given = {}) => {
  const version = plan.version ?? newVersion();
  const mirror = await startMirror();
  const binary = await installer({ generation: 'G1', ...plan, version });
  const archive = await installerArchive(binary);
  const published = await publish({ mirror, key, version: plan.publishedAs ?? version, archive });
  return { mirror, version: plan.publishedAs ?? version, binary, archive, ...published };
};

const add = (mirror: Mirror, version: string, ...more: readonly string[]) =>
  run(['add', version, '--mirror', mirror.url, ...more]);

// A folder of their own: other tests add releases at the same time.
beforeEach(async () => {
  vi.stubEnv('TMPDIR', await temporaryFolder());
});
afterEach(() => {
  const leftovers = readdirSync(tmpdir()).filter((name) => name.startsWith('ove-ignition-release-'));
  vi.unstubAllEnvs();
  expect(leftovers).toEqual([]);
});

describe('a release of the mirror', () => {
  it('is added: the packed binary in the bucket, then its record', async () => {
    const { mirror, version, binary } = await given();
    expect(await add(mirror, version)).toEqual({
      said: [expect.stringMatching(`^added ${version} for x86_64 \\(production, signed, \\d+ MB\\)$`)],
      failed: undefined,
    });
    const release = await stack.releases.get(version);
    expect(release).toEqual({
      version,
      cpuArchitectures: ['x86_64'],
      releaseImage: expect.stringMatching(/^quay\.io\/openshift-release-dev\/ocp-release@sha256:[0-9a-f]{64}$/),
      supportLevel: 'production',
      provenance: 'signed',
      installer: {
        key: `installers/${version}/${sha256(binary)}.zst`,
        sha256: sha256(binary),
        size: binary.length,
        encoding: 'zstd',
        interactiveFlag: true,
      },
      addedAt: '2026-03-01T12:00:00.000Z',
    });
    expect(sha256(zstdDecompressSync(await stack.read(release?.installer.key ?? '')))).toBe(sha256(binary));
  });

  it('that is added again is left alone, and not even downloaded', async () => {
    const { mirror, version } = await given();
    await add(mirror, version);
    const asked = mirror.asked.length;
    const known = await stack.releases.get(version);
    expect(await add(mirror, version)).toEqual({
      said: [`${version} is there already and intact: nothing to do`],
      failed: undefined,
    });
    expect(mirror.asked).toHaveLength(asked);
    expect(await stack.releases.get(version)).toEqual(known);
  });

  it.each([
    ['damaged', Buffer.from('something else')],
    ['of another content', undefined],
  ])('is repaired by another addition when its object is %s', async (_, content) => {
    const { mirror, version, binary } = await given();
    await add(mirror, version);
    const objectKey = (await stack.releases.get(version))?.installer.key ?? '';
    await stack.write(objectKey, content ?? (await stack.read(objectKey)).subarray(0, 1000));
    expect((await add(mirror, version)).failed).toBeUndefined();
    expect(sha256(zstdDecompressSync(await stack.read(objectKey)))).toBe(sha256(binary));
  });

  it.each(signatureForms)('may be signed %s', async (form) => {
    const { mirror, version, archive } = await given();
    await publish({ mirror, key, version, archive, form });
    expect((await add(mirror, version)).failed).toBeUndefined();
    expect((await stack.releases.get(version))?.provenance).toBe('signed');
  });

  it.each(['sha256sum.txt.sig', 'sha256sum.txt.asc'])('may have its signature in %s', async (signatureName) => {
    const { mirror, version, archive, folder } = await given();
    mirror.remove(`${folder}sha256sum.txt.gpg`);
    await publish({ mirror, key, version, archive, form: 'armored detached', signatureName });
    expect((await add(mirror, version)).failed).toBeUndefined();
  });

  it('gets the support level that the operator names, also later on, without another download', async () => {
    const { mirror, version } = await given();
    await add(mirror, version, '--support-level', 'maintenance');
    expect((await stack.releases.get(version))?.supportLevel).toBe('maintenance');
    const asked = mirror.asked.length;
    const { said } = await add(mirror, version, '--support-level', 'end-of-life');
    expect(said[0]).toContain(`updated ${version} for x86_64 (end-of-life`);
    await add(mirror, version);
    expect((await stack.releases.get(version))?.supportLevel).toBe('end-of-life');
    expect(mirror.asked).toHaveLength(asked);
  });

  it('that is a pre-release is a beta unless the operator says otherwise', async () => {
    const { mirror, version } = await given({ version: '4.22.0-rc.1', generation: 'G3' });
    await add(mirror, version);
    expect(await stack.releases.get(version)).toMatchObject({
      supportLevel: 'beta',
      installer: { interactiveFlag: false },
    });
  });

  it('is downloaded on after a drop', async () => {
    const { mirror, version, binary } = await given();
    const archive = await installerArchive(binary, randomBytes(3_000_000));
    const { archivePath } = await publish({ mirror, key, version, archive });
    mirror.trouble(archivePath, { drop: [2_000_000] });
    expect((await add(mirror, version)).failed).toBeUndefined();
    expect(mirror.ranges(archivePath)).toEqual([undefined, expect.stringMatching(/^bytes=\d+-$/)]);
  });
});

describe('two operators at once', () => {
  it('leave one whole release', async () => {
    const { mirror, version } = await given();
    const outcomes = await Promise.all([add(mirror, version), add(mirror, version), add(mirror, version)]);
    expect(outcomes.map(({ failed }) => failed)).toEqual([undefined, undefined, undefined]);
    expect((await run(['verify', version])).said).toEqual([`${version}  intact`]);
  });
});

describe('a release for other hosts', () => {
  it('has its amd64 installer in the folder of its architecture', async () => {
    const version = newVersion();
    const mirror = await startMirror();
    const archive = await installerArchive(await installer({ version, generation: 'G2', architecture: 'arm64' }));
    const folder = `aarch64/clients/ocp/${version}/`;
    const archiveName = `openshift-install-linux-amd64-${version}.tar.gz`;
    await publish({ mirror, key, version, archive, folder, archiveName });
    expect((await add(mirror, version, '--arch', 'aarch64')).failed).toBeUndefined();
    expect((await stack.releases.get(version))?.cpuArchitectures).toEqual(['arm64']);
  });

  it('that is multi is proven by the signature over the checksums of its folders', async () => {
    const version = newVersion();
    const mirror = await startMirror();
    const archive = await installerArchive(await installer({ version, generation: 'G2', architecture: 'multi' }));
    const folder = `multi/clients/ocp/${version}/`;
    const { sums } = await publish({ mirror, key, version, archive, folder: `${folder}amd64/` });
    mirror.remove(`${folder}amd64/sha256sum.txt.gpg`);
    const master = `${sha256(Buffer.from(sums))}  amd64/sha256sum.txt\n`;
    mirror.put(`${folder}sha256sum.txt`, master);
    mirror.put(`${folder}sha256sum.txt.gpg`, await key.sign(master));
    expect((await add(mirror, version, '--arch', 'multi')).failed).toBeUndefined();
    const release = await stack.releases.get(version);
    expect(release?.cpuArchitectures).toEqual(['x86_64', 'arm64', 'ppc64le', 's390x']);

    await run(['remove', version]);
    mirror.put(`${folder}amd64/sha256sum.txt`, sums.replace('0000', '1111'));
    expect((await add(mirror, version, '--arch', 'multi')).failed).toContain('has not the sha256');
  });

  it('is refused under the wrong architecture', async () => {
    const { mirror, version } = await given({ architecture: 'arm64' });
    expect((await add(mirror, version)).failed).toContain('is of a release for arm64, not for x86_64');
  });

  it('is refused while the version is there for others: clusters were told its release image', async () => {
    const { mirror, version } = await given();
    await add(mirror, version);
    const { failed } = await add(mirror, version, '--arch', 'arm64');
    expect(failed).toContain(`${version} is there for x86_64 with another release image`);
    expect(failed).toContain(`remove it first (npm run release -- remove ${version})`);
  });
});

describe('nothing is stored of a release', () => {
  type Situation = Awaited<ReturnType<typeof given>>;
  const cases: readonly (readonly [string, (situation: Situation) => unknown, RegExp, Given])[] = [
    [
      'that the mirror has not',
      ({ mirror, folder }) => mirror.remove(`${folder}sha256sum.txt`),
      /is not on the mirror .*check the version/,
      {},
    ],
    [
      'whose checksums are not signed',
      ({ mirror, folder }) => mirror.remove(`${folder}sha256sum.txt.gpg`),
      /is not signed: .* --allow-unsigned/,
      {},
    ],
    [
      'that another key signed',
      async ({ mirror, folder, sums }) => mirror.put(`${folder}sha256sum.txt.gpg`, await stranger.sign(sums)),
      /no valid signature by the release key/,
      {},
    ],
    [
      'whose checksums were changed after they were signed',
      ({ mirror, folder, sums }) => mirror.put(`${folder}sha256sum.txt`, sums.replace('0000', '1111')),
      /text that was signed is not that of sha256sum.txt/,
      {},
    ],
    [
      'whose signature is a web page',
      ({ mirror, folder }) => mirror.put(`${folder}sha256sum.txt.gpg`, '<html>'),
      /signature of sha256sum.txt cannot be read/,
      {},
    ],
    [
      'whose archive was changed',
      ({ mirror, archivePath, archive }) => mirror.put(archivePath, Buffer.concat([archive, Buffer.from('x')])),
      /has not the sha256 that its checksums name/,
      {},
    ],
    [
      'whose archive is cut off',
      ({ mirror, archivePath, archive }) => mirror.put(archivePath, archive.subarray(0, -100)),
      /has not the sha256 that its checksums name/,
      {},
    ],
    [
      'whose archive is listed but absent',
      ({ mirror, archivePath }) => mirror.remove(archivePath),
      /lists .* but has it not/,
      {},
    ],
    [
      'that has no installer for Linux',
      async ({ mirror, version, archive }) =>
        publish({ mirror, key, version, archive, archiveName: 'openshift-install-mac.tar.gz' }),
      /lists no installer for Linux/,
      {},
    ],
    [
      'whose binary prints another version',
      () => undefined,
      /the installer is of version 4\.19\.9, not of /,
      { behaviour: { wrongVersion: '4.19.9' } },
    ],
    [
      'that is another one',
      () => undefined,
      /the installer is of version 4\.18\.1, not of 4\.18\.2/,
      { version: '4.18.1', publishedAs: '4.18.2' },
    ],
    [
      'of a mirror that always drops',
      ({ mirror, archivePath }) => mirror.trouble(archivePath, { drop: [9, 9, 9, 9, 9, 9], ignoreRange: true }),
      /cannot be downloaded .*try again later/,
      {},
    ],
    [
      'of a mirror in trouble',
      ({ mirror, folder }) => mirror.trouble(`${folder}sha256sum.txt`, { status: [503, 503, 503, 503] }),
      /cannot be downloaded \(HTTP 503, 3 times\)/,
      {},
    ],
  ];

  it.each(cases)('%s', async (_, spoil, reason, plan) => {
    const situation = await given(plan);
    await spoil(situation);
    const keys = await stack.keys();
    const { said, failed } = await add(situation.mirror, situation.version);
    expect(failed).toMatch(reason);
    expect(failed).not.toContain('\n');
    expect(said).toEqual([]);
    expect(await stack.releases.get(situation.version)).toBeUndefined();
    expect(await stack.keys()).toEqual(keys);
  });

  it('of a mirror that is silent for too long', async () => {
    const { mirror, version, archivePath } = await given();
    mirror.trouble(archivePath, { stall: [9, 0, 0, 0] });
    const patience = { stallMs: 50, attempts: 2, firstDelayMs: 1 };
    const { failed } = await run(['add', version, '--mirror', mirror.url], { patience });
    expect(failed).toContain('silent for 0.05 seconds');
  });

  it('that the operator stops', async () => {
    const { mirror, version, archivePath } = await given();
    mirror.trouble(archivePath, { stall: [9] });
    const stopped = new AbortController();
    const running = run(['add', version, '--mirror', mirror.url], { signal: stopped.signal });
    stopped.abort(new Error('stopped by SIGINT'));
    expect((await running).failed).toContain('stopped by SIGINT');
    expect(await stack.releases.get(version)).toBeUndefined();
  });
});

describe('a release without signature', () => {
  it('is added when the operator says so, and is marked', async () => {
    const { mirror, version, folder } = await given();
    mirror.remove(`${folder}sha256sum.txt.gpg`);
    expect((await add(mirror, version, '--allow-unsigned')).said[0]).toContain('UNSIGNED');
    expect((await stack.releases.get(version))?.provenance).toBe('unsigned');
    expect((await run(['list'])).said.find((line) => line.startsWith(version))).toContain('UNSIGNED');
    expect((await add(mirror, version, '--allow-unsigned')).said).toEqual([expect.stringContaining('nothing to do')]);
    expect((await add(mirror, version)).failed).toContain('is not signed');
  });

  it('becomes a signed one when it is added with its signature', async () => {
    const { mirror, version, folder, sums } = await given();
    mirror.remove(`${folder}sha256sum.txt.gpg`);
    await add(mirror, version, '--allow-unsigned');
    mirror.put(`${folder}sha256sum.txt.gpg`, await key.sign(sums));
    const keys = await stack.keys();
    expect((await add(mirror, version)).said[0]).toContain(`updated ${version}`);
    expect((await stack.releases.get(version))?.provenance).toBe('signed');
    expect(await stack.keys()).toEqual(keys);
  });

  it('is not one with a wrong signature: that is refused all the same', async () => {
    const { mirror, version, folder, sums } = await given();
    mirror.put(`${folder}sha256sum.txt.gpg`, await stranger.sign(sums));
    expect((await add(mirror, version, '--allow-unsigned')).failed).toContain('no valid signature');
  });

  it('is still proven to be what the checksums name', async () => {
    const { mirror, version, folder, archivePath } = await given();
    mirror.remove(`${folder}sha256sum.txt.gpg`);
    mirror.put(archivePath, 'something else');
    expect((await add(mirror, version, '--allow-unsigned')).failed).toContain('has not the sha256');
  });
});
