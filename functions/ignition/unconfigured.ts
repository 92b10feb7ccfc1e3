import { checkCarried } from '#domain/ignition/carried.ts';
import type { Ignition } from '#domain/ignition/ignition.ts';
import { inputFiles, rendezvousInputFiles } from '#domain/ignition/input-manifests.ts';
import { networkSecretsIn } from '#domain/ignition/network-secrets.ts';
import { withRendezvousOf } from '#domain/ignition/rendezvous.ts';
import type { Dependencies } from './ignition-dependencies.ts';
import { createIgnition, type RunPlan } from './installer-run.ts';

export interface Inputs extends Omit<RunPlan, 'files'> {
  readonly pullSecret: string;
}

// The binary repeats what nmstate says of a network, and that may be one of its passwords.
const learnNetworkSecrets = ({ infraEnv, redaction }: Inputs): void => {
  const hosts = infraEnv.settings.static_network_config ?? [];
  for (const { network_yaml } of hosts) networkSecretsIn(network_yaml)?.forEach(redaction.learn);
};

/**
 * What the release's own binary makes of the infra-env's settings. Where it takes two runs, they go on at the same time
 * under one time limit, and both have ended when this settles; of two failures the first run's counts.
 *
 * @throws InstallerRefused, also where the binary drops what it was given; and whatever else makes a run fail
 */
export const createUnconfigured = async (dependencies: Dependencies, inputs: Inputs): Promise<Ignition> => {
  const { infraEnv } = inputs;
  learnNetworkSecrets(inputs);
  const rendezvousFiles = rendezvousInputFiles(infraEnv);
  const runs = [
    createIgnition(dependencies, { ...inputs, files: inputFiles(inputs) }),
    rendezvousFiles && createIgnition(dependencies, { ...inputs, files: rendezvousFiles }),
  ] as const;
  await Promise.allSettled(runs);
  const [unconfigured, ofRendezvous] = await Promise.all(runs);
  const ignition = ofRendezvous === undefined ? unconfigured : withRendezvousOf(unconfigured, ofRendezvous);
  checkCarried(ignition, infraEnv.settings);
  return ignition;
};
