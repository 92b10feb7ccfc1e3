import { join } from 'node:path';
import { usualPatience } from '#adapters/release-mirror/mirror-request.ts';
import { releaseStore } from '#adapters/release-store.ts';
import { addBaseIso } from '#cli/base-iso/add-iso.ts';
import { silentProgress } from '#cli/progress.ts';
import type { Target } from '#cli/release-target.ts';
import { inWorkspace } from '#cli/workspace.ts';
import { sampleVersion } from '#domain/release/sample-release.ts';
import { addInstaller } from '../installers.ts';
import { unpackBaseIso } from './base-iso.ts';
import { makeInstaller } from './openshift-install/make-installer.ts';

interface Sampling {
  readonly target: Target;
  /** Where its base ISO is unpacked to, for people who want to patch one. */
  readonly isoPath: string;
}

const now = () => new Date();

const plan = {
  version: sampleVersion,
  generation: 'G1',
  releaseImage: `sample.invalid/nothing/to-install@sha256:${'0'.repeat(64)}`,
  behaviour: { isSample: true },
} as const;

const addIso = ({ target, isoPath }: Sampling): Promise<void> =>
  addBaseIso(
    { choice: { version: sampleVersion, architecture: undefined }, place: { kind: 'file', path: isoPath } },
    {
      target,
      progress: silentProgress,
      patience: usualPatience,
      signal: new AbortController().signal,
      clock: now,
      say: () => undefined,
    },
  );

/**
 * Adds the sample release with its base ISO, or brings it up to date: its installer names the Node that runs it, which moves
 * with the checkout.
 */
export const addSample = async (sampling: Sampling): Promise<void> => {
  const { table, s3, bucket } = sampling.target;
  await inWorkspace(async (dir) => {
    const path = await makeInstaller({ dir: join(dir, 'sample'), ...plan });
    await addInstaller({ s3, bucket, releases: releaseStore(table), clock: now }, path);
  });
  await unpackBaseIso(sampling.isoPath);
  await addIso(sampling);
};
