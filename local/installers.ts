import { createReadStream } from 'node:fs';
import { HeadObjectCommand, NotFound, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { CommandFailure } from '#adapters/command-failure.ts';
import { digestOfFile } from '#cli/file-digest.ts';
import { type InstallerFacts, readInstallerFacts } from '#cli/installer-facts.ts';
import { examineHere } from '#cli/installer-profile.ts';
import { inWorkspace } from '#cli/workspace.ts';
import { ServiceError } from '#domain/errors.ts';
import type { Clock } from '#domain/ports.ts';
import { currentExamination, type InstallerProfile } from '#domain/release/installer-profile.ts';
import { servedArchitectures } from '#domain/release/payload.ts';
import { type InstallerArtifact, keptFacts, type Release } from '#domain/release/release.ts';
import type { Releases } from '#domain/release/release-ports.ts';
import { reasonOf, StartError } from './start-error.ts';

interface InstallerTarget {
  readonly s3: S3Client;
  /** The releases bucket. */
  readonly bucket: string;
  readonly releases: Pick<Releases, 'get' | 'add'>;
  readonly clock: Clock;
}

const digestOf = async (path: string) => {
  try {
    return await digestOfFile(path);
  } catch (error) {
    throw new StartError(`cannot read the installer ${path}: ${reasonOf(error)}`);
  }
};

const factsOf = async (path: string): Promise<InstallerFacts> => {
  try {
    const { signal } = new AbortController();
    return await inWorkspace((workspace) => readInstallerFacts({ path, workspace, signal }));
  } catch (error) {
    throw error instanceof CommandFailure ? new StartError(`${path}: ${error.message}`) : error;
  }
};

const profileOf = async (binary: { path: string; sha256: string; version: string }): Promise<InstallerProfile> => {
  try {
    return await inWorkspace((dir) => examineHere({ ...binary, dir }));
  } catch (error) {
    throw error instanceof ServiceError ? new StartError(`${binary.path}: ${error.message}`) : error;
  }
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

// As it is: packing it, as the operator's command does, would keep whoever starts this waiting.
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

const stored = async ({ releases }: InstallerTarget, release: Release): Promise<Release> => {
  await releases.add(release);
  return release;
};

/**
 * Adds the release that an `openshift-install` binary belongs to: the binary to the bucket, unless a release has these
 * very bytes already, then the release to the catalogue. One that a former version of the service has added is examined.
 *
 * @param path absolute
 * @throws StartError when the file is not an openshift-install
 */
export const addInstaller = async (target: InstallerTarget, path: string): Promise<Release> => {
  const { sha256, size } = await digestOf(path);
  const { version, releaseImage, architecture } = await factsOf(path);
  if (architecture === undefined) throw new StartError(`${path}: its \`version\` names no architecture of the release`);
  const known = await target.releases.get(version, { releaseArchitecture: architecture });
  const isKnown = known?.installer.sha256 === sha256;
  if (isKnown && known.installer.profile?.examination === currentExamination) return known;
  const profile = await profileOf({ path, sha256, version });
  if (isKnown) return stored(target, { ...known, installer: { ...known.installer, profile } });
  const key = `installers/${version}/${sha256}`;
  const installer: InstallerArtifact = { key, sha256, size, encoding: 'identity', profile };
  if (!(await isStored(target, installer))) await upload(target, path, installer);
  const release: Release = {
    version,
    releaseImage,
    cpuArchitectures: servedArchitectures(architecture),
    supportLevel: version.includes('-') ? 'beta' : 'production',
    provenance: 'file',
    installer,
    ...keptFacts(known),
    addedAt: target.clock().toISOString(),
  };
  return stored(target, release);
};
