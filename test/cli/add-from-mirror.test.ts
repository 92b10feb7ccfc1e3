import { randomBytes } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { installerArchive, publish, sha256 } from '#test/fakes/installer-archive.ts';
import { startMirror } from '#test/fakes/mirror-server.ts';
import { signatureForms } from '#test/fakes/release-key.ts';
import { mirrorOperator } from './mirrored-release.ts';
import { withoutOpenQuestions } from './operator.ts';

const { key, stack, run, installer, newVersion, given, add } = await mirrorOperator();

describe('a release of the mirror', () => {
  it('is added: the packed binary in the bucket, then its record', async () => {
    const { mirror, version, binary } = await given();
    expect(await add(mirror, version)).toEqual({
      said: [expect.stringMatching(`^added ${version} for x86_64 \\(production, signed, \\d+ kB\\)$`)],
      failed: undefined,
    });
    const release = await stack.releases.get(version, {});
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
        profile: expect.objectContaining({ flags: expect.arrayContaining(['--interactive']) }),
      },
      addedAt: '2026-03-01T12:00:00.000Z',
    });
    expect(sha256(zstdDecompressSync(await stack.read(release?.installer.key ?? '')))).toBe(sha256(binary));
  });

  it('that is added again is left alone, and not even downloaded', async () => {
    const { mirror, version } = await given();
    await add(mirror, version);
    const asked = mirror.asked.length;
    const known = await stack.releases.get(version, {});
    expect(await add(mirror, version)).toEqual({
      said: [`${version} is there already and intact: nothing to do`],
      failed: undefined,
    });
    expect(mirror.asked).toHaveLength(asked);
    expect(await stack.releases.get(version, {})).toEqual(known);
  });

  it.each([
    ['damaged', Buffer.from('something else')],
    ['of another content', undefined],
  ])('is repaired by another addition when its object is %s', async (_, content) => {
    const { mirror, version, binary } = await given();
    await add(mirror, version);
    const objectKey = (await stack.releases.get(version, {}))?.installer.key ?? '';
    await stack.write(objectKey, content ?? (await stack.read(objectKey)).subarray(0, 1000));
    expect((await add(mirror, version)).failed).toBeUndefined();
    expect(sha256(zstdDecompressSync(await stack.read(objectKey)))).toBe(sha256(binary));
  });

  it.each(signatureForms)('may be signed %s', async (form) => {
    const { mirror, version, archive } = await given();
    await publish({ mirror, key, version, archive, form });
    expect((await add(mirror, version)).failed).toBeUndefined();
    expect((await stack.releases.get(version, {}))?.provenance).toBe('signed');
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
    expect((await stack.releases.get(version, {}))?.supportLevel).toBe('maintenance');
    const asked = mirror.asked.length;
    const { said } = await add(mirror, version, '--support-level', 'end-of-life');
    expect(said[0]).toContain(`updated ${version} for x86_64 (end-of-life`);
    await add(mirror, version);
    expect((await stack.releases.get(version, {}))?.supportLevel).toBe('end-of-life');
    expect(mirror.asked).toHaveLength(asked);
  });

  it('keeps what the operator states of it until something else is stated', async () => {
    const { mirror, version } = await given();
    await add(mirror, version, '--feature-gates', 'Some=true,Other=false', '--operators', 'odf,my-operator');
    const stated = { featureGates: ['Some=true', 'Other=false'], operators: ['odf', 'my-operator'] };
    expect(await stack.releases.get(version, {})).toMatchObject(stated);
    await add(mirror, version, '--support-level', 'maintenance');
    expect(await stack.releases.get(version, {})).toMatchObject(stated);
    await add(mirror, version, '--feature-gates', 'none', '--operators', 'odf');
    expect(await stack.releases.get(version, {})).toMatchObject({ featureGates: [], operators: ['odf'] });
  });

  it('that is a pre-release is a beta unless the operator says otherwise', async () => {
    const { mirror, version } = await given({ version: '4.22.0-rc.1', generation: 'G3' });
    await add(mirror, version);
    expect(await stack.releases.get(version, {})).toMatchObject({
      supportLevel: 'beta',
      installer: { profile: { flags: expect.not.arrayContaining(['--interactive']) } },
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
    expect(withoutOpenQuestions((await run(['verify', version])).said)).toEqual([`${version}  intact`]);
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
    expect((await stack.releases.get(version, {}))?.cpuArchitectures).toEqual(['arm64']);
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
    const release = await stack.releases.get(version, {});
    expect(release?.cpuArchitectures).toEqual(['x86_64', 'arm64', 'ppc64le', 's390x']);

    await run(['remove', version]);
    mirror.put(`${folder}amd64/sha256sum.txt`, sums.replace('0000', '1111'));
    expect((await add(mirror, version, '--arch', 'multi')).failed).toContain('does not match its published SHA-256');
  });

  it('is refused under the wrong architecture', async () => {
    const { mirror, version } = await given({ architecture: 'arm64' });
    expect((await add(mirror, version)).failed).toContain('is of a release for arm64, not for x86_64');
  });

  it('goes beside the same version for others', async () => {
    const { mirror, version } = await given();
    await add(mirror, version);
    const archive = await installerArchive(await installer({ version, generation: 'G2', architecture: 'arm64' }));
    const folder = `aarch64/clients/ocp/${version}/`;
    const archiveName = `openshift-install-linux-amd64-${version}.tar.gz`;
    await publish({ mirror, key, version, archive, folder, archiveName });
    expect((await add(mirror, version, '--arch', 'arm64')).failed).toBeUndefined();
    const both = (await stack.releases.all()).filter((release) => release.version === version);
    expect(both.map(({ cpuArchitectures }) => cpuArchitectures)).toEqual([['arm64'], ['x86_64']]);
  });
});
