import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { clusterStore } from '#adapters/cluster-store.ts';
import type { Cluster } from '#domain/cluster/cluster.ts';
import { makeInstaller } from '#local/sample-release/openshift-install/make-installer.ts';
import { aCluster } from '#test/fakes/records.ts';
import { signingKey } from '#test/fakes/release-key.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { localStack } from './local-stack.ts';
import { operator, withoutOpenQuestions } from './operator.ts';

const stack = await localStack();
const { releaseKey } = await signingKey();
const { run } = operator({ data: stack.data, releaseKey });
const root = await sharedFolder();
const clusters = clusterStore({ ...stack.table, clock: () => new Date('2026-03-01T12:00:00.000Z') });

const given = async (...versions: readonly string[]): Promise<void> => {
  for (const version of versions) {
    await run(['add', '--file', await makeInstaller({ dir: `${root}/${version}`, version, generation: 'G2' })]);
  }
};

const keyOf = async (version: string): Promise<string> => (await stack.releases.get(version, {}))?.installer.key ?? '';

afterEach(async () => {
  for (const { version } of await stack.releases.all()) await run(['remove', version, '--force']);
});

/** The version for arm64, whose binary says so. */
const givenArm = async (version: string) => {
  const dir = `${root}/${version}-arm64`;
  const file = await makeInstaller({ dir, version, generation: 'G2', architecture: 'arm64' });
  return run(['add', '--file', file]);
};

describe('one version for two architectures', () => {
  it('is two releases, each with a binary of its own', async () => {
    await given('4.20.8');
    expect((await givenArm('4.20.8')).failed).toBeUndefined();
    expect((await run(['list'])).said.slice(1).map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
      ['4.20.8', 'x86_64'],
      ['4.20.8', 'arm64'],
    ]);
    expect(withoutOpenQuestions((await run(['verify', '4.20.8'])).said)).toEqual([
      '4.20.8  intact',
      '4.20.8 for arm64  intact',
    ]);
    expect(withoutOpenQuestions((await run(['verify', '4.20.8', '--arch', 'aarch64'])).said)).toEqual([
      '4.20.8 for arm64  intact',
    ]);
    expect((await run(['remove', '4.20.8'])).failed).toBe(
      'release: 4.20.8 is there for x86_64 and arm64: choose one with --arch',
    );
    expect((await run(['remove', '4.20.8', '--arch', 's390x'])).failed).toContain('4.20.8 for s390x is not in');
    expect((await run(['remove', '4.20.8', '--arch', 'x86_64'])).failed).toBeUndefined();
    expect(withoutOpenQuestions((await run(['verify', '4.20.8'])).said)).toEqual(['4.20.8 for arm64  intact']);
  });

  it('is held by clusters of its own architecture, and by those of none', async () => {
    await given('4.20.9');
    await givenArm('4.20.9');
    const ofArm = aCluster({ id: randomUUID(), version: 1, openshiftVersion: '4.20.9', cpuArchitecture: 'arm64' });
    await clusters.add(ofArm);
    expect((await run(['remove', '4.20.9', '--arch', 'arm64'])).failed).toContain('4.20.9 for arm64 is used by edge');
    expect((await run(['remove', '4.20.9', '--arch', 'x86_64'])).failed).toBeUndefined();
    expect(await stack.keys()).toEqual([await keyOf('4.20.9')]);
  });
});

describe('list', () => {
  it('shows the newest release first, with what vouches for it', async () => {
    await given('4.9.1', '4.20.0', '4.20.0-rc.1');
    const { said, failed } = await run(['list']);
    expect(failed).toBeUndefined();
    expect(said.map((line) => line.split(/ {2,}/)[0])).toEqual(['VERSION', '4.20.0', '4.20.0-rc.1', '4.9.1']);
    expect(said[1]?.split(/ {2,}/)).toEqual([
      '4.20.0',
      'x86_64',
      'production',
      'file',
      expect.stringMatching(/^\d+ kB$/),
      'yes',
      '-',
      '2026-03-01',
    ]);
  });

  it('gives programs the records', async () => {
    await given('4.20.0');
    const { said } = await run(['list', '--json']);
    expect(JSON.parse(said.join('\n'))).toEqual([await stack.releases.get('4.20.0', {})]);
  });

  it('says how to begin while there is none', async () => {
    expect((await run(['list'])).said).toEqual([
      `no release is in the local stack in ${stack.data}: npx ove release add VERSION --data ${stack.data}`,
    ]);
    expect((await run(['list', '--json'])).said).toEqual(['[]']);
  });
});

describe('verify', () => {
  it('says so where there is nothing', async () => {
    const { said, failed } = await run(['verify']);
    expect({ said, failed }).toEqual({
      said: [`no release is in the local stack in ${stack.data}: there is nothing to verify`],
      failed: undefined,
    });
    expect((await run(['verify', '--json'])).said).toEqual(['[]']);
  });

  it('hashes every release, or one', async () => {
    await given('4.20.0', '4.20.1');
    const all = await run(['verify']);
    expect(withoutOpenQuestions(all.said)).toEqual(['4.20.1  intact', '4.20.0  intact']);
    expect(all.failed).toBeUndefined();
    expect(withoutOpenQuestions((await run(['verify', '4.20.0'])).said)).toEqual(['4.20.0  intact']);
  });

  it('finds what is damaged, cut off or gone, and fails for it', async () => {
    await given('4.20.0', '4.20.1', '4.20.2', '4.20.3');
    await stack.write(await keyOf('4.20.0'), 'no zstd');
    await stack.write(await keyOf('4.20.1'), (await stack.read(await keyOf('4.20.1'))).subarray(0, 5000));
    await stack.write(await keyOf('4.20.2'), await stack.read(await keyOf('4.20.3')));
    const { said, failed } = await run(['verify']);
    expect(withoutOpenQuestions(said)).toEqual([
      '4.20.3  intact',
      '4.20.2  damaged',
      '4.20.1  damaged',
      '4.20.0  damaged',
    ]);
    expect(failed).toMatch(/^release: not intact: 4\.20\.2, 4\.20\.1, 4\.20\.0: put each there again/);
    const forPrograms = await run(['verify', '--json']);
    expect(JSON.parse(forPrograms.said.join('\n'))).toMatchObject([
      { release: '4.20.3', version: '4.20.3', architectures: ['x86_64'], installer: 'intact' },
      { release: '4.20.2', installer: 'damaged', remarks: [] },
      { release: '4.20.1', installer: 'damaged', remarks: [] },
      { release: '4.20.0', installer: 'damaged', remarks: [] },
    ]);
    expect(forPrograms.failed).toBe(failed);
  });

  it('knows only what is in the catalogue', async () => {
    expect((await run(['verify', '4.20.9'])).failed).toContain('4.20.9 is not in the local stack');
  });
});

describe('remove', () => {
  const live = async (changes: Partial<Cluster> = {}): Promise<Cluster> => {
    const cluster = aCluster({ id: randomUUID(), version: 1, name: 'edge', openshiftVersion: '4.20.1', ...changes });
    await clusters.add(cluster);
    return cluster;
  };

  it('takes a release away, and nothing of its neighbours', async () => {
    await given('4.20.1', '4.20.10');
    expect(await run(['remove', '4.20.1'])).toEqual({
      said: [`removed 4.20.1 from the local stack in ${stack.data}`],
      failed: undefined,
    });
    expect(await stack.releases.get('4.20.1', {})).toBeUndefined();
    expect(await stack.keys()).toEqual([await keyOf('4.20.10')]);
  });

  it('refuses while a live cluster uses the version, unless it is forced', async () => {
    await given('4.20.1');
    const cluster = await live();
    const { failed } = await run(['remove', '4.20.1']);
    expect(failed).toBe(
      `release: 4.20.1 is used by edge (${cluster.id}): delete them first, or break their downloads with --force`,
    );
    expect((await run(['verify', '4.20.1'])).failed).toBeUndefined();
    expect((await run(['remove', '4.20.1', '--force'])).failed).toBeUndefined();
    expect(await stack.keys()).toEqual([]);
    await clusters.bury({ ...cluster, version: 2, deletedAt: '2026-03-01T12:00:00.000Z' });
  });

  it('names three of many', async () => {
    await given('4.20.7');
    for (const name of ['a', 'b', 'c', 'd', 'e']) await live({ name, openshiftVersion: '4.20.7' });
    expect((await run(['remove', '4.20.7'])).failed).toContain(' and 2 more: delete them first');
  });

  it.each<[string, Partial<Cluster>]>([
    ['of another version', { openshiftVersion: '4.20.10' }],
    ['that was deleted', { deletedAt: '2026-03-01T11:00:00.000Z' }],
    ['that has expired', { expiresAt: Date.parse('2026-03-01T11:00:00.000Z') / 1000 }],
  ])('is not held up by a cluster %s', async (_, changes) => {
    await given('4.20.1');
    await live(changes);
    expect((await run(['remove', '4.20.1'])).failed).toBeUndefined();
  });

  it('finishes what a removal left that died after the record', async () => {
    await stack.write('installers/4.20.5/abc.zst', 'left over');
    expect((await run(['remove', '4.20.5'])).failed).toBeUndefined();
    expect(await stack.keys()).toEqual([]);
  });

  it('of what is not there fails', async () => {
    expect((await run(['remove', '4.20.5'])).failed).toContain('4.20.5 is not in the local stack');
  });
});
