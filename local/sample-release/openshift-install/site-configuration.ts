import type { Inputs } from './inputs.ts';
import { decodeManifest, reasonOf } from './manifest.ts';
import { Refusal } from './refusal.ts';
import { type Mapping, mappingAt, mappingsAt, textAt } from './shape.ts';
import { siteAgentConfigShape, siteInstallConfigShape } from './site-shapes.ts';
import { readDocuments, readManifest } from './yaml.ts';

export const siteInstallConfigFile = 'install-config.yaml';
export const siteAgentConfigFile = 'agent-config.yaml';

const target = 'failed to fetch Agent Installer Config Image: ';

/** A refusal, worded as the real program does. */
export const refuseSite = (asset: string, reason: string, exitCode = 1): never => {
  throw new Refusal(`${target}failed to load asset "${asset}": ${reason}`, exitCode);
};

export interface SiteHost {
  readonly hostname: string;
  readonly role: string;
  readonly interfaces: readonly { readonly name: string; readonly macAddress: string }[];
  readonly hints: Mapping;
  readonly networkConfig: Mapping | undefined;
}

/** What the two files say, decoded and not judged. */
export interface SiteConfiguration {
  readonly install: Mapping;
  readonly agent: Mapping;
  readonly hosts: readonly SiteHost[];
  /** Text by name; a file of several documents is several. */
  readonly manifests: ReadonlyMap<string, string>;
}

const loadInstallConfig = (text: string): Mapping => {
  try {
    return readManifest(text, siteInstallConfigShape);
  } catch (error) {
    return refuseSite('Install Config', `failed to unmarshal ${siteInstallConfigFile}: ${reasonOf(error)}`, 3);
  }
};

const toHost = (host: Mapping): SiteHost => ({
  hostname: textAt(host, 'hostname'),
  role: textAt(host, 'role'),
  interfaces: mappingsAt(host, 'interfaces').map((entry) => ({
    name: textAt(entry, 'name'),
    macAddress: textAt(entry, 'macAddress'),
  })),
  hints: mappingAt(host, 'rootDeviceHints'),
  networkConfig: host.networkConfig === undefined ? undefined : mappingAt(host, 'networkConfig'),
});

/** `x.yaml` with two documents becomes `x-0.yaml` and `x-1.yaml`. */
const documentsOf = (path: string, text: string): [string, string][] => {
  const name = path.replace(/^openshift\//, '');
  const texts = text.split(/^---(?:[ \t].*)?$/m).filter((part) => part.trim() !== '');
  try {
    readDocuments(text);
  } catch {
    return refuseSite('Extra Manifests', `could not decode YAML for ${path}`);
  }
  if (texts.length < 2) return [[name, text]];
  return texts.map((part, index) => [name.replace(/\.(ya?ml)$/, `-${index}.$1`), part.trimStart()]);
};

/** Reads the files of a site that an install-config.yaml and an agent-config.yaml describe. */
export const loadSite = ({ texts }: Inputs): SiteConfiguration => {
  const installText = texts.get(siteInstallConfigFile);
  const agentText = texts.get(siteAgentConfigFile);
  if (installText === undefined) {
    return refuseSite('AgentClusterInstall Config', 'missing configuration or manifest file');
  }
  const install = loadInstallConfig(installText);
  const agent =
    agentText === undefined
      ? {}
      : decodeManifest({
          asset: 'Agent Config',
          file: siteAgentConfigFile,
          text: agentText,
          shape: siteAgentConfigShape,
        });
  const manifests = [...texts]
    .filter(([path]) => path.startsWith('openshift/'))
    .flatMap(([path, text]) => documentsOf(path, text));
  return { install, agent, hosts: mappingsAt(agent, 'hosts').map(toHost), manifests: new Map(manifests) };
};
