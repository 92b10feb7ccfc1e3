import { describe, expect, it } from 'vitest';
import { publish } from '#test/fakes/installer-archive.ts';
import { signingKey } from '#test/fakes/release-key.ts';
import { type Given, mirrorOperator } from './mirrored-release.ts';

const { key, stack, run, given, add } = await mirrorOperator();
const stranger = await signingKey();

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
      /does not match its published SHA-256/,
      {},
    ],
    [
      'whose archive is cut off',
      ({ mirror, archivePath, archive }) => mirror.put(archivePath, archive.subarray(0, -100)),
      /does not match its published SHA-256/,
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
    expect(await stack.releases.get(situation.version, {})).toBeUndefined();
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
    expect(await stack.releases.get(version, {})).toBeUndefined();
  });
});

describe('a release without signature', () => {
  it('is added when the operator says so, and is marked', async () => {
    const { mirror, version, folder } = await given();
    mirror.remove(`${folder}sha256sum.txt.gpg`);
    expect((await add(mirror, version, '--allow-unsigned')).said[0]).toContain('UNSIGNED');
    expect((await stack.releases.get(version, {}))?.provenance).toBe('unsigned');
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
    expect((await stack.releases.get(version, {}))?.provenance).toBe('signed');
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
    expect((await add(mirror, version, '--allow-unsigned')).failed).toContain('does not match its published SHA-256');
  });
});
