import { failure } from '#domain/errors.ts';
import { checkCarried } from '#domain/ignition/carried.ts';
import type { Ignition } from '#domain/ignition/ignition.ts';
import type { AcquiredInstaller } from '#domain/ignition/ignition-ports.ts';
import { inputFiles, rendezvousInputFiles } from '#domain/ignition/input-manifests.ts';
import { networkSecretsIn } from '#domain/ignition/network-secrets.ts';
import { checkProfileCarries } from '#domain/ignition/release-limits.ts';
import { withRendezvousOf } from '#domain/ignition/rendezvous.ts';
import { canMixRuns, type InstallerProfile } from '#domain/release/installer-profile.ts';
import type { Release } from '#domain/release/release.ts';
import type { Dependencies } from './ignition-dependencies.ts';
import type { KnownInstaller } from './installer-profiles.ts';
import { acquireInstaller, createIgnition, type RunContext } from './installer-run.ts';

export interface Inputs extends RunContext {
  readonly release: Release;
  readonly pullSecret: string;
  /** Networks and rendezvous host come from elsewhere, and no wizard opens. */
  readonly isCompleted?: boolean;
}

/** What the binary has made, and what is known of the binary. */
export interface Unconfigured {
  readonly ignition: Ignition;
  readonly profile: InstallerProfile;
}

// The binary repeats what nmstate says of a network, and that may be one of its passwords.
const learnNetworkSecrets = ({ infraEnv, redaction }: Inputs): void => {
  const hosts = infraEnv.settings.static_network_config ?? [];
  for (const { network_yaml } of hosts) networkSecretsIn(network_yaml)?.forEach(redaction.learn);
};

type Ready = Inputs & KnownInstaller & { readonly installer: AcquiredInstaller };

const runAll = async (dependencies: Dependencies, ready: Ready): Promise<Ignition> => {
  const { infraEnv, networks, profile } = ready;
  if (ready.isCompleted)
    return createIgnition(dependencies, { ...ready, interactive: false, files: inputFiles(ready) });
  const rendezvousFiles = rendezvousInputFiles(infraEnv, networks);
  if (rendezvousFiles !== undefined && !canMixRuns(profile)) {
    throw failure('InstallerRefused', {
      reason: 'rendezvous_ip: openshift-install takes it in no run with the networks',
    });
  }
  const plan = { ...ready, interactive: profile.flags.includes('--interactive') };
  const runs = [
    createIgnition(dependencies, { ...plan, files: inputFiles(ready) }),
    rendezvousFiles && createIgnition(dependencies, { ...plan, files: rendezvousFiles }),
  ] as const;
  await Promise.allSettled(runs);
  const [ignition, ofRendezvous] = await Promise.all(runs);
  return ofRendezvous === undefined ? ignition : withRendezvousOf(ignition, ofRendezvous);
};

const createWith = async (
  dependencies: Dependencies,
  inputs: Inputs & { readonly installer: AcquiredInstaller },
): Promise<Unconfigured> => {
  const { infraEnv, release, installer, limit } = inputs;
  const hasNetworks = (infraEnv.settings.static_network_config ?? []).length > 0;
  const known = await dependencies.knowInstaller({ release, installer, hasNetworks, leftMs: limit.leftMs });
  checkProfileCarries(release.version, known.profile, infraEnv);
  const ignition = await runAll(dependencies, { ...inputs, ...known });
  if (!inputs.isCompleted) checkCarried(ignition, infraEnv.settings);
  return { ignition, profile: known.profile };
};

/**
 * What the release's own binary makes of the infra-env's settings. Where it takes two runs, they go on at the same time
 * under one time limit, and both have ended when this settles; of two failures the first run's counts.
 *
 * @throws InstallerRefused, also where the binary drops what it was given; and whatever else makes a run fail
 */
export const createUnconfigured = async (dependencies: Dependencies, inputs: Inputs): Promise<Unconfigured> => {
  learnNetworkSecrets(inputs);
  const installer = await acquireInstaller(dependencies, inputs.release, inputs.limit);
  try {
    return await createWith(dependencies, { ...inputs, installer });
  } finally {
    installer.dispose();
  }
};
