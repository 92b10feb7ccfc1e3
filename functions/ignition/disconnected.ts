import type { Cluster } from '#domain/cluster/cluster.ts';
import { sshKeysOf } from '#domain/host/ssh-keys.ts';
import { assignmentsOf } from '#domain/ignition/credentials.ts';
import { checkFinished } from '#domain/ignition/finished.ts';
import { type Ignition, parseIgnition } from '#domain/ignition/ignition.ts';
import { type Additions, mergeIgnition } from '#domain/ignition/merge.ts';
import { settingFiles, settingUnits } from '#domain/ignition/setting-parts.ts';
import type { Assignment } from '#domain/ignition/variables.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { credentialsIn } from '#domain/values/proxy-url.ts';
import { type Generation, loadPullSecret, type Recipe } from './generation.ts';
import { loadDisconnectedCluster, loadRelease } from './generation-subject.ts';
import type { Dependencies } from './ignition-dependencies.ts';
import { credentialsFor } from './infra-env-credentials.ts';
import { judgedIgnition } from './judged-ignition.ts';
import { startTimeLimit } from './time-limit.ts';
import { createUnconfigured } from './unconfigured.ts';

const additionsOf = (infraEnv: InfraEnv, unconfigured: Ignition, variables: readonly Assignment[]): Additions => {
  const { id, settings } = infraEnv;
  const { ignition_config_override: override } = settings;
  return {
    infraEnvId: id,
    sshKeys: sshKeysOf(settings),
    files: settingFiles(infraEnv),
    units: settingUnits(infraEnv, unconfigured),
    variables,
    ...(override === undefined ? {} : { override: parseIgnition(override) }),
  };
};

// The binary gets the proxies as they are, and may repeat its inputs.
const learnProxies = ({ infraEnv, redaction }: Generation): void => {
  const { http_proxy, https_proxy } = infraEnv.settings.proxy ?? {};
  for (const url of [http_proxy, https_proxy]) credentialsIn(url ?? '').forEach(redaction.learn);
};

const make = async (
  dependencies: Dependencies,
  generation: Generation & { readonly cluster: Cluster },
): Promise<Uint8Array | undefined> => {
  const { infraEnv, cluster, redaction, remainingMs } = generation;
  const limit = startTimeLimit({ timeoutSeconds: dependencies.timeoutSeconds, remainingMs });
  learnProxies(generation);
  const [release, pullSecret] = await Promise.all([
    loadRelease(dependencies, { cluster, infraEnv }),
    loadPullSecret(dependencies, generation),
  ]);
  if (pullSecret === undefined) return undefined;
  const made = await createUnconfigured(dependencies, { infraEnv, redaction, limit, release, pullSecret });
  const { profile, ignition } = made;
  const credentials = await credentialsFor(dependencies, generation, made);
  const variables = credentials === undefined ? [] : assignmentsOf(ignition, { profile, credentials });
  const additions = additionsOf(infraEnv, ignition, variables);
  const finished = mergeIgnition(ignition, additions);
  const { authentication } = profile;
  checkFinished(finished, { authentication, pullSecret, override: additions.override });
  return judgedIgnition(dependencies, generation, finished);
};

/** The unconfigured ignition, which the release's own openshift-install makes. */
export const disconnectedIgnition: Recipe = {
  types: ['disconnected-iso'],
  recordsFailures: true,
  prepare: async (dependencies, generation) => {
    const cluster = await loadDisconnectedCluster(dependencies, generation.infraEnv);
    return {
      make: () => make(dependencies, { ...generation, cluster }),
      announcement: { name: 'ignition_generated', properties: { openshift_version: cluster.openshiftVersion } },
    };
  },
};
