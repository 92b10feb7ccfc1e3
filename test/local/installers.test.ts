import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Release } from '#domain/release/release.ts';
import type { Releases } from '#domain/release/release-ports.ts';
import { type S3Server, startS3 } from '#emulators/s3/s3-server.ts';
import { addInstaller } from '#local/installers.ts';
import { type InstallerPlan, makeInstaller } from '#local/sample-release/openshift-install/make-installer.ts';
import { createBuckets } from '#local/template-buckets.ts';

const bucket = 'releases';
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

let folder: string;
let server: S3Server;
let s3: S3Client;
let stored: Map<string, Release>;
let now = new Date(0);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'installers-'));
  server = await startS3({ dataDir: join(folder, 's3'), credentials, region: 'us-east-1' });
  const client = { endpoint: server.endpoint, region: 'us-east-1', credentials, forcePathStyle: true };
  s3 = new S3Client({ ...client, requestChecksumCalculation: 'WHEN_REQUIRED' });
  await createBuckets(s3, [{ logicalId: 'Releases', ref: bucket, properties: {}, metadata: {} }]);
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  stored = new Map();
  now = new Date('2030-01-01');
});

const releases = (): Pick<Releases, 'get' | 'add'> => ({
  get: async (version) => stored.get(version),
  add: async (release) => {
    stored.set(release.version, release);
  },
});

const add = (path: string) => addInstaller({ s3, bucket, releases: releases(), clock: () => now }, path);

const installer = (plan: Partial<InstallerPlan> = {}) =>
  makeInstaller({ dir: folder, version: '4.20.3', generation: 'G2', ...plan });

const bytesOf = async (key: string) =>
  (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body?.transformToByteArray();

const script = async (text: string, mode = 0o700): Promise<string> => {
  const path = join(folder, 'script');
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
};

describe('an openshift-install', () => {
  test('becomes a release with what it prints, and its bytes are stored', async () => {
    const path = await installer();
    const bytes = await readFile(path);
    const release = await add(path);
    expect(release).toEqual({
      version: '4.20.3',
      cpuArchitectures: ['x86_64'],
      releaseImage: expect.stringContaining('ocp-release@sha256:'),
      supportLevel: 'production',
      provenance: 'file',
      installer: {
        key: `installers/4.20.3/${createHash('sha256').update(bytes).digest('hex')}`,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        size: bytes.length,
        encoding: 'identity',
        profile: expect.objectContaining({ flags: expect.arrayContaining(['--interactive']) }),
      },
      addedAt: '2030-01-01T00:00:00.000Z',
    });
    expect(stored.get('4.20.3')).toEqual(release);
    expect(Buffer.from((await bytesOf(release.installer.key)) ?? [])).toEqual(bytes);
  });

  test.each([
    ['arm64', ['arm64']],
    ['multi', ['x86_64', 'arm64', 'ppc64le', 's390x']],
  ] as const)('of the release architecture %s serves %j', async (architecture, cpuArchitectures) => {
    expect(await add(await installer({ version: '4.20.4', architecture }))).toMatchObject({ cpuArchitectures });
  });

  test('of a pre-release is beta', async () => {
    const release = await add(await installer({ version: '4.21.0-rc.1' }));
    expect(release).toMatchObject({ version: '4.21.0-rc.1', supportLevel: 'beta' });
  });

  test('that a former version of the service has added is examined, and stays as it is otherwise', async () => {
    const path = await installer({ version: '4.20.6' });
    const release = await add(path);
    const { profile, ...unexamined } = release.installer;
    stored.set('4.20.6', { ...release, provenance: 'signed', installer: unexamined });
    expect(await add(path)).toEqual({ ...release, provenance: 'signed' });
    expect(stored.get('4.20.6')?.installer.profile).toEqual(profile);
  });

  test('that is there already is neither uploaded nor added again', async () => {
    const path = await installer({ version: '4.20.5' });
    const first = await add(path);
    now = new Date('2031-01-01');
    const sent = vi.spyOn(s3, 'send');
    expect(await add(path)).toEqual(first);
    expect(sent.mock.calls.filter(([command]) => command instanceof PutObjectCommand)).toEqual([]);
    sent.mockRestore();
  });

  test('with other bytes takes the place of the one of the same version', async () => {
    const first = await add(await installer({ version: '4.20.6' }));
    const second = await add(await installer({ version: '4.20.6', padTo: 300_000 }));
    expect(second.installer.sha256).not.toBe(first.installer.sha256);
    expect(await bytesOf(second.installer.key)).toHaveLength(300_000);
    expect(stored.get('4.20.6')).toEqual(second);
  });
});

describe('a file is refused in one line', () => {
  test.each([
    ['that does not exist', async () => join(folder, 'nowhere'), /^cannot read the installer .*nowhere/],
    ['that is not executable', () => script('#!/bin/sh\n', 0o600), /script: .*cannot run the installer \(EACCES\)/],
    [
      'whose version command fails',
      () => script('#!/bin/sh\nexit 3\n'),
      /script: version of the installer failed: the file is not an openshift-install/,
    ],
    [
      'that prints a version alone',
      () => script('#!/bin/sh\necho tool 1.2.3\n'),
      /its `version` names no version and release image$/,
    ],
    ['that prints something else', () => script('#!/bin/sh\necho hello\n'), /is not an openshift-install/],
  ])('%s', async (_, make, message) => {
    const path = await make();
    await expect(add(path)).rejects.toMatchObject({ name: 'StartError', message: expect.stringMatching(message) });
    expect(stored.size).toBe(0);
  });
});
