import type { Cluster } from '#domain/cluster/cluster.ts';
import { sshKeysOf } from '#domain/host/ssh-keys.ts';
import { assignmentsOf } from '#domain/ignition/credentials.ts';
import { checkFinished } from '#domain/ignition/finished.ts';
import { type Ignition, parseIgnition } from '#domain/ignition/ignition.ts';
import { type Additions, mergeIgnition } from '#domain/ignition/merge.ts';
import type { Redaction } from '#domain/ignition/redaction.ts';
import { settingFiles, settingUnits } from '#domain/ignition/setting-parts.ts';
import type { Assignment } from '#domain/ignition/variables.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { siteDoubts } from '#domain/installation/judgement/site-doubts.ts';
import { prefilledParts } from '#domain/installation/prefilled.ts';
import type { Site } from '#domain/installation/site.ts';
import type { Authentication } from '#domain/release/installer-profile.ts';
import { credentialsIn } from '#domain/values/proxy-url.ts';
import { type Generation, loadPullSecret, type Recipe } from './generation.ts';
import { loadDisconnectedCluster, loadRelease, loadSite } from './generation-subject.ts';
import type { Dependencies } from './ignition-dependencies.ts';
import { credentialsFor } from './infra-env-credentials.ts';
import { judgedIgnition } from './judged-ignition.ts';
import { startTimeLimit } from './time-limit.ts';
import { siteMedium, unattendedIgnition } from './unattended.ts';
import { createUnconfigured } from './unconfigured.ts';

interface Made {
  /** With the settings that its hosts get. */
  readonly infraEnv: InfraEnv;
  readonly unconfigured: Ignition;
  readonly variables: readonly Assignment[];
  readonly site: Site | undefined;
}

const nothing = { files: [], units: [] };

const additionsOf = ({ infraEnv, unconfigured, variables, site }: Made): Additions => {
  const { id, settings } = infraEnv;
  const { ignition_config_override: override } = settings;
  const ofSite = site === undefined ? nothing : prefilledParts(site, unconfigured);
  return {
    infraEnvId: id,
    sshKeys: sshKeysOf(settings),
    files: [...settingFiles(infraEnv), ...ofSite.files],
    units: [...settingUnits(infraEnv, unconfigured), ...ofSite.units],
    variables,
    ...(override === undefined ? {} : { override: parseIgnition(override) }),
  };
};

// The binary gets the proxies as they are, and may repeat its inputs.
const learnProxies = ({ settings }: InfraEnv, redaction: Redaction): void => {
  const { http_proxy, https_proxy } = settings.proxy ?? {};
  for (const url of [http_proxy, https_proxy]) credentialsIn(url ?? '').forEach(redaction.learn);
};

interface Unfinished {
  readonly ignition: Ignition;
  readonly additions: Additions;
  readonly authentication: Authentication | undefined;
  readonly pullSecret: string;
}

/** The bytes of what was put together, once it is found to hold together. */
const finished = (
  dependencies: Dependencies,
  generation: Generation,
  { ignition, additions, authentication, pullSecret }: Unfinished,
): Promise<Uint8Array> => {
  const merged = mergeIgnition(ignition, additions);
  checkFinished(merged, { authentication, pullSecret, override: additions.override });
  return judgedIgnition(dependencies, generation, merged);
};

interface Bound extends Generation {
  readonly cluster: Cluster;
  /** Undefined when it is gone. */
  readonly pullSecret: Promise<string | undefined>;
  /** Loaded when it is asked for first: an artifact that is there already needs none. */
  readonly site: () => Promise<Site | undefined>;
}

/**
 * The way to the pull secret is the longest of all, so it begins before anything else is known. Only a run of the binary waits
 * for its end, and learns of its failure.
 */
const bind = async (dependencies: Dependencies, generation: Generation): Promise<Bound> => {
  const pullSecret = loadPullSecret(dependencies, generation);
  pullSecret.catch(() => undefined);
  const cluster = await loadDisconnectedCluster(dependencies, generation.infraEnv);
  let site: Promise<Site | undefined> | undefined;
  const loadOnce = () => {
    site ??= loadSite(dependencies, { ...generation, cluster });
    return site;
  };
  return { ...generation, cluster, pullSecret, site: loadOnce };
};

/** What each run for a disconnected infra-env starts from; undefined when its pull secret is gone. */
const loadSubject = async (dependencies: Dependencies, generation: Bound) => {
  const { redaction, remainingMs } = generation;
  const limit = startTimeLimit({ timeoutSeconds: dependencies.timeoutSeconds, remainingMs });
  const [release, pullSecret, site] = await Promise.all([
    loadRelease(dependencies, generation),
    generation.pullSecret,
    generation.site(),
  ]);
  if (pullSecret === undefined) return undefined;
  const infraEnv =
    site === undefined ? generation.infraEnv : { ...generation.infraEnv, settings: site.infraEnv.settings };
  learnProxies(infraEnv, redaction);
  return { context: { redaction, limit, release, pullSecret, generation, infraEnv }, site };
};

const make = async (dependencies: Dependencies, generation: Bound): Promise<Uint8Array | undefined> => {
  const subject = await loadSubject(dependencies, generation);
  if (subject === undefined) return undefined;
  const { context, site } = subject;
  const { infraEnv, pullSecret } = context;
  if (site?.installation === 'unattended') {
    const unattended = await unattendedIgnition(dependencies, { ...context, site });
    return finished(dependencies, generation, { ...unattended, pullSecret });
  }
  const made = await createUnconfigured(dependencies, context);
  const { profile, ignition: unconfigured } = made;
  const credentials = await credentialsFor(dependencies, generation, made);
  const variables = credentials === undefined ? [] : assignmentsOf(unconfigured, { profile, credentials });
  const additions = additionsOf({ infraEnv, unconfigured, variables, site });
  const { authentication } = profile;
  return finished(dependencies, generation, { ignition: unconfigured, additions, authentication, pullSecret });
};

/** The unconfigured ignition, which the release's own openshift-install makes. */
export const disconnectedIgnition: Recipe = {
  types: ['disconnected-iso'],
  recordsFailures: true,
  prepare: async (dependencies, generation) => {
    const bound = await bind(dependencies, generation);
    return {
      make: () => make(dependencies, bound),
      announcement: { name: 'ignition_generated', properties: { openshift_version: bound.cluster.openshiftVersion } },
      doubts: async () => {
        const site = await bound.site();
        return site === undefined ? [] : siteDoubts(site);
      },
    };
  },
};

/** The medium with the settings of one site, for an ISO that waits for it. */
export const configurationMedium: Recipe = {
  types: disconnectedIgnition.types,
  recordsFailures: true,
  prepare: async (dependencies, generation) => {
    const bound = await bind(dependencies, generation);
    return {
      make: async () => {
        const subject = await loadSubject(dependencies, bound);
        if (subject?.site === undefined) return undefined;
        return siteMedium(dependencies, { ...subject.context, site: subject.site });
      },
    };
  },
};
