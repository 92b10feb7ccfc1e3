import type { InfraEnv } from '../infra-env/infra-env.ts';
import { settingKeys, settingTable } from '../infra-env/setting-table.ts';
import { networkLabels } from './network-manifests.ts';

/** What the manifest takes of an infra-env. */
export type ManifestSubject = Pick<InfraEnv, 'id' | 'name' | 'cpuArchitecture' | 'settings'>;

export const pullSecretName = 'pull-secret';

/** What the settings make of it each for itself. */
const settingSpecs = (settings: InfraEnv['settings']): object =>
  Object.assign({}, ...settingKeys.map((key) => settingTable[key].manifestSpec(settings)));

const networkSpec = ({ id, settings: { static_network_config: hosts = [] } }: ManifestSubject) =>
  hosts.length === 0 ? {} : { nmStateConfigLabelSelector: { matchLabels: networkLabels(id) } };

/** infraenv.yaml, which openshift-install reads and the service on the rendezvous host gets. */
export const infraEnvManifest = (infraEnv: ManifestSubject) => {
  const { name, cpuArchitecture, settings } = infraEnv;
  return {
    apiVersion: 'agent-install.openshift.io/v1beta1',
    kind: 'InfraEnv',
    metadata: { name },
    spec: {
      cpuArchitecture,
      pullSecretRef: { name: pullSecretName },
      ...settingSpecs(settings),
      ...networkSpec(infraEnv),
    },
  };
};
