import { type AgentConfig, agentConfigFile, loadAgentConfig, refuseFurtherFields } from './agent-config.ts';
import { clusterImageSetFile, loadClusterImageSet, makeClusterImageSet } from './cluster-image-set.ts';
import { type InfraEnv, infraEnvFile, loadInfraEnv } from './infra-env.ts';
import type { Inputs } from './inputs.ts';
import { installConfigFile, loadInstallConfig } from './install-config.ts';
import type { Log } from './log.ts';
import { caBundleFile, loadCaBundle, loadRegistries, type Registries, registriesFile } from './mirror.ts';
import { loadPullSecret, makePullSecret, type PullSecret, pullSecretAsset, pullSecretFile } from './pull-secret.ts';
import { Panic, refuseDependency } from './refusal.ts';
import type { Settings } from './settings.ts';
import { loadStaticHosts, type StaticHost, staticHostsAsset, staticHostsFile } from './static-hosts.ts';
import { traitsOf } from './traits.ts';

/** All that an ignition is made of, checked as far as the real program checks. */
export interface Configuration {
  readonly interactive: boolean;
  readonly agentConfig: AgentConfig | undefined;
  readonly infraEnv: InfraEnv;
  readonly pullSecret: PullSecret;
  readonly clusterImageSet: string;
  readonly staticHosts: readonly StaticHost[];
  /** The nmstateconfig.yaml as given; empty where there are no static hosts. */
  readonly staticHostsManifest: string;
  readonly registries: Registries | undefined;
  readonly caBundle: string | undefined;
}

interface Loading {
  readonly inputs: Inputs;
  readonly settings: Settings;
  readonly interactive: boolean;
  readonly log: Log;
}

/** The result of `load` on a file's text; undefined for a file that is not there. */
const optional = <Result>({ texts }: Inputs, file: string, load: (text: string) => Result): Result | undefined => {
  const text = texts.get(file);
  return text === undefined ? undefined : load(text);
};

const loadSecret = ({ inputs, settings }: Loading): PullSecret | undefined => {
  const quoteEcho = settings.behaviour.quotedSecret === true;
  const displacing = optional(inputs, installConfigFile, loadInstallConfig);
  if (displacing !== undefined) {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'pull-secret' } };
    return makePullSecret(secret, displacing, quoteEcho);
  }
  return optional(inputs, pullSecretFile, (text) => loadPullSecret(text, quoteEcho));
};

/** An agent-config.yaml makes the static hosts' dependencies "dirty" in some: they are read, judged and then thrown away. */
const loadHosts = ({ inputs, settings, log }: Loading, hasAgentConfig: boolean): StaticHost[] => {
  const hosts = optional(inputs, staticHostsFile, loadStaticHosts) ?? [];
  const discards = traitsOf[settings.generation].networksBesideAgentConfig === 'discarded';
  if (!inputs.texts.has(staticHostsFile) || !hasAgentConfig || !discards) return hosts;
  log(
    'warning',
    `Discarding the ${staticHostsAsset} that was provided in the target directory because its dependencies are dirty`,
  );
  return [];
};

const loadMirror = ({ inputs, settings, log }: Loading): Pick<Configuration, 'registries' | 'caBundle'> => {
  if (!traitsOf[settings.generation].readsMirror || inputs.texts.has(installConfigFile)) {
    return { registries: undefined, caBundle: undefined };
  }
  const registries = optional(inputs, registriesFile, (text) => loadRegistries(text, settings.releaseImage));
  if (registries?.warning) log('warning', registries.warning);
  return { registries, caBundle: optional(inputs, caBundleFile, loadCaBundle) };
};

const loadImageSet = ({ inputs, settings: { version, releaseImage } }: Loading): string =>
  optional(inputs, clusterImageSetFile, (text) => loadClusterImageSet(text, releaseImage)) ??
  makeClusterImageSet(version, releaseImage);

/** Panics for hosts in agent-config.yaml alone. */
const checkFurther = ({ settings, interactive }: Loading, furtherFields: readonly string[]): void => {
  const { furtherAgentConfig } = traitsOf[settings.generation];
  if (furtherAgentConfig === 'refused' && furtherFields.length > 0) refuseFurtherFields(furtherFields);
  if (furtherAgentConfig === 'panic' && furtherFields.includes('hosts') && !interactive) {
    throw new Panic('agentconfig.(*AgentHosts).Generate');
  }
};

/**
 * Loads every input in the real program's order: all files first, then what must not be missing. Throws a Refusal with the
 * first reason, or a Panic for hosts in agent-config.yaml.
 */
export const loadConfiguration = (loading: Loading): Configuration => {
  const { inputs, interactive } = loading;
  const agentConfig = optional(inputs, agentConfigFile, loadAgentConfig);
  const infraEnv = optional(inputs, infraEnvFile, (text) => loadInfraEnv(text, loading.settings.behaviour));
  const pullSecret = loadSecret(loading);
  const clusterImageSet = loadImageSet(loading);
  const staticHosts = loadHosts(loading, agentConfig !== undefined);
  const mirror = loadMirror(loading);
  if (!infraEnv) {
    return refuseDependency('InfraEnv Config File', `configuration file not found: ${infraEnvFile}`);
  }
  if (!pullSecret) return refuseDependency(pullSecretAsset, 'missing configuration or manifest file');
  checkFurther(loading, agentConfig?.furtherFields ?? []);
  const staticHostsManifest = staticHosts.length > 0 ? (inputs.texts.get(staticHostsFile) ?? '') : '';
  return {
    interactive,
    agentConfig,
    infraEnv,
    pullSecret,
    clusterImageSet,
    staticHosts,
    staticHostsManifest,
    ...mirror,
  };
};
