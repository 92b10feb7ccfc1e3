import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { pipeline } from 'node:stream/promises';
import { HeadObjectCommand, NotFound, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { execa } from 'execa';
import { type CpuArchitecture, cpuArchitectures, normaliseArchitecture } from '#domain/architecture.ts';
import { parseVersionOutput } from '#domain/ignition/version-output.ts';
import type { Clock, Releases } from '#domain/ports.ts';
import type { InstallerArtifact, Release } from '#domain/release/release.ts';
import { reasonOf, StartError } from './start-error.ts';

interface InstallerTarget {
  readonly s3: S3Client;
  /** The releases bucket. */
  readonly bucket: string;
  readonly releases: Releases;
  readonly clock: Clock;
}

type ReleaseFacts = Pick<Release, 'version' | 'releaseImage' | 'cpuArchitectures'>;

/** A binary of 1 GB from a cold disk takes seconds to start. */
const versionMilliseconds = 60_000;

const allArchitectures: readonly CpuArchitecture[] = [
  ...new Set(cpuArchitectures.map(normaliseArchitecture).filter((name) => name !== undefined)),
];

const printedVersion = async (path: string): Promise<string> => {
  const { stdout, exitCode, failed, code } = await execa(path, ['version'], {
    cwd: tmpdir(),
    env: { HOME: tmpdir(), PATH: process.env.PATH ?? '' },
    extendEnv: false,
    stdin: 'ignore',
    timeout: versionMilliseconds,
    reject: false,
  });
  if (exitCode === undefined) throw new StartError(`${path} cannot be run: ${code ?? 'it did not end'}`);
  if (failed) throw new StartError(`${path} is not an openshift-install: its command version failed`);
  return stdout;
};

const architecturesOf = (output: string, architecture: CpuArchitecture | undefined): readonly CpuArchitecture[] => {
  if (architecture !== undefined) return [architecture];
  return /^release architecture multi\s*$/m.test(output) ? allArchitectures : [];
};

/** What the binary says about itself. @throws StartError */
const readFacts = async (path: string): Promise<ReleaseFacts> => {
  const output = await printedVersion(path);
  const { version, releaseImage, architecture } = parseVersionOutput(output) ?? {};
  const architectures = architecturesOf(output, architecture);
  if (version === undefined || releaseImage === undefined || architectures.length === 0) {
    throw new StartError(
      `${path} is not an openshift-install: it does not print version, release image and architecture`,
    );
  }
  return { version, releaseImage, cpuArchitectures: architectures };
};

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
};

const isStored = async ({ s3, bucket }: InstallerTarget, { key, sha256 }: InstallerArtifact): Promise<boolean> => {
  try {
    const { Metadata } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return Metadata?.sha256 === sha256;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
};

const upload = async ({ s3, bucket }: InstallerTarget, path: string, artifact: InstallerArtifact): Promise<void> => {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: artifact.key,
      Body: createReadStream(path, { highWaterMark: 1024 * 1024 }),
      ContentLength: artifact.size,
      ContentType: 'application/octet-stream',
      Metadata: { sha256: artifact.sha256 },
    }),
  );
};

const sizeOf = async (path: string): Promise<number> => {
  try {
    const { size } = await stat(path);
    return size;
  } catch (error) {
    throw new StartError(`cannot read the installer ${path}: ${reasonOf(error)}`);
  }
};

/**
 * Adds the release that an `openshift-install` binary belongs to: the binary to the bucket, unless these very bytes are
 * there, then the release to the catalogue.
 *
 * @param path absolute
 * @throws StartError when the file is not an openshift-install
 */
export const addInstaller = async (target: InstallerTarget, path: string): Promise<Release> => {
  const size = await sizeOf(path);
  const facts = await readFacts(path);
  const key = `installers/${facts.version}/openshift-install`;
  const installer: InstallerArtifact = { key, sha256: await sha256Of(path), size, encoding: 'identity' };
  if (!(await isStored(target, installer))) await upload(target, path, installer);
  const known = await target.releases.get(facts.version);
  if (known?.installer.sha256 === installer.sha256) return known;
  const supportLevel = facts.version.includes('-') ? 'beta' : 'production';
  const release: Release = {
    ...facts,
    supportLevel,
    provenance: 'file',
    installer,
    addedAt: target.clock().toISOString(),
  };
  await target.releases.add(release);
  return release;
};
