import { rm } from 'node:fs/promises';
import { setGlobalProxyFromEnv } from 'node:http';
import { CommandFailure } from '#adapters/command-failure.ts';
import { publicMirror } from '#adapters/release-mirror/mirror-layout.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { addRelease } from '#cli/add.ts';
import type { Target } from '#cli/release-target.ts';
import { retireSample } from '#cli/retire-sample.ts';
import type { Obtaining } from '#cli/sources.ts';
import { inWorkspace } from '#cli/workspace.ts';
import type { Release } from '#domain/release/release.ts';
import { isSample } from '#domain/release/sample-release.ts';
import { addInstaller } from './installers.ts';
import { addSample } from './sample-release/add-sample.ts';
import { StartError } from './start-error.ts';

/** How releases come from a mirror. */
export interface MirrorAccess extends Omit<Obtaining, 'dir' | 'releaseKey'> {
  readonly releaseKey: () => Promise<Obtaining['releaseKey']>;
  /** The public one unless given. */
  readonly mirror?: string;
  readonly say: (line: string) => void;
}

export interface Catalogue {
  /** Absolute paths of `openshift-install` binaries. */
  readonly installers?: readonly string[];
  /** Exact versions to get from a mirror. */
  readonly fromMirror?: { readonly versions: readonly string[]; readonly access: MirrorAccess };
  /** Where the base ISO of the sample release goes; without it there is no sample release. */
  readonly sampleIso?: string;
}

const clock = () => new Date();

const addFromMirror = async (target: Target, version: string, access: MirrorAccess): Promise<void> => {
  const { mirror = publicMirror, releaseKey, ...obtaining } = access;
  const source = { kind: 'mirror', mirror, version, architecture: 'x86_64', allowUnsigned: false } as const;
  const addition = { source, version, supportLevel: undefined, facts: {} };
  const key = await releaseKey();
  await inWorkspace((dir) => addRelease(addition, { ...obtaining, releaseKey: key, dir, target, clock }));
};

/** For the mirror alone, the proxy that the environment names: AWS clients have agents of their own. */
const addAllFromMirror = async (target: Target, { versions, access }: NonNullable<Catalogue['fromMirror']>) => {
  const withoutProxy = setGlobalProxyFromEnv();
  try {
    for (const version of versions) await addFromMirror(target, version, access);
  } catch (error) {
    throw error instanceof CommandFailure ? new StartError(error.message) : error;
  } finally {
    access.progress.clear();
    withoutProxy();
  }
};

const keepSample = async (target: Target, isoPath: string): Promise<void> => {
  const releases = releaseStore(target.table);
  if ((await releases.all()).every(isSample)) await addSample({ target, isoPath });
  else await retireSample({ target, clock, say: () => undefined });
  if (!(await releases.all()).some(isSample)) await rm(isoPath, { force: true });
};

/**
 * Adds what the catalogue of a local stack is to hold. The sample release comes when there is no other, and goes when there
 * is one and nothing uses it any more.
 *
 * @returns all known releases, those of earlier runs included
 * @throws StartError when a file is not an openshift-install, or a mirror does not give what it should
 */
export const fillCatalogue = async (
  target: Target,
  { installers = [], fromMirror, sampleIso }: Catalogue,
): Promise<readonly Release[]> => {
  const releases = releaseStore(target.table);
  const { s3, bucket } = target;
  for (const path of installers) await addInstaller({ s3, bucket, releases, clock }, path);
  if (fromMirror !== undefined) await addAllFromMirror(target, fromMirror);
  if (sampleIso !== undefined) await keepSample(target, sampleIso);
  return releases.all();
};
