import { reasonOf } from './manifest.ts';
import { checkNetworkYaml } from './nmstatectl.ts';
import { refuseAsset } from './refusal.ts';
import { isMapping, type Mapping, mappingAt, mappingsAt, textAt } from './shape.ts';
import { readDocuments, writeYaml } from './yaml.ts';

export const staticHostsFile = 'cluster-manifests/nmstateconfig.yaml';
export const staticHostsAsset = 'NMState Config';

/** One NMStateConfig document. */
export interface StaticHost {
  readonly name: string;
  readonly labelled: boolean;
  /** The nmstate document, `spec.config`. */
  readonly config: Mapping;
  readonly macByInterface: readonly { readonly name: string; readonly macAddress: string }[];
}

const toStaticHost = (document: Mapping): StaticHost => {
  const metadata = mappingAt(document, 'metadata');
  const spec = mappingAt(document, 'spec');
  return {
    name: textAt(metadata, 'name'),
    labelled: Object.keys(mappingAt(metadata, 'labels')).length > 0,
    config: mappingAt(spec, 'config'),
    macByInterface: mappingsAt(spec, 'interfaces').map((entry) => ({
      name: textAt(entry, 'name'),
      macAddress: textAt(entry, 'macAddress'),
    })),
  };
};

const refuse = (reason: string): never => refuseAsset(staticHostsAsset, reason);

const parseStaticHosts = (text: string): StaticHost[] => {
  try {
    return readDocuments(text).filter(isMapping).map(toStaticHost);
  } catch (error) {
    return refuse(`failed to read the documents of ${staticHostsFile}: ${reasonOf(error)}`);
  }
};

const checkNetwork = (host: StaticHost, index: number): void => {
  try {
    checkNetworkYaml(writeYaml(host.config));
  } catch (error) {
    refuse(`invalid static networks: failed to validate network yaml for host ${index}, ${reasonOf(error)}`);
  }
};

const checkLabels = (hosts: readonly StaticHost[]): void => {
  const missing = hosts
    .filter((host) => !host.labelled)
    .map((host) => `metadata.labels: Required value: ${host.name} does not have any label set`);
  if (missing.length === 0) return;
  const reasons = missing.length === 1 ? missing[0] : `[${missing.join(', ')}]`;
  refuse(`invalid NMStateConfig configuration: ${reasons}`);
};

/** Reads nmstateconfig.yaml: every document counts, whatever the infra-env's label selector says. */
export const loadStaticHosts = (text: string): StaticHost[] => {
  const hosts = parseStaticHosts(text);
  hosts.forEach(checkNetwork);
  checkLabels(hosts);
  return hosts;
};
