import type { HostFile } from '../host/host-file.ts';
import { pullSecretName } from '../ignition/infra-env-manifest.ts';
import { networkManifest } from '../ignition/network-manifests.ts';
import { clusterInstallSpec, overridesAnnotation, overridesText } from './cluster-install.ts';
import { operatorsFile } from './operators-file.ts';
import type { Site } from './site.ts';
import { extraManifestFolder, manifestFolder, toHostManifest, toHostText } from './site-files.ts';

/** Name of the file of what the cluster becomes. */
export const clusterInstallName = 'agent-cluster-install.yaml';

const clusterInstall = (site: Site): object => {
  const overrides = overridesText(site, []);
  return {
    apiVersion: 'extensions.hive.openshift.io/v1beta1',
    kind: 'AgentClusterInstall',
    metadata: {
      name: site.cluster.name,
      ...(overrides === undefined ? {} : { annotations: { [overridesAnnotation]: overrides } }),
    },
    spec: clusterInstallSpec(site),
  };
};

const clusterDeployment = ({ cluster: { name, settings } }: Site): object => ({
  apiVersion: 'hive.openshift.io/v1',
  kind: 'ClusterDeployment',
  metadata: { name },
  spec: {
    clusterName: name,
    ...(settings.base_dns_domain ? { baseDomain: settings.base_dns_domain } : {}),
    clusterInstallRef: {
      group: 'extensions.hive.openshift.io',
      version: 'v1beta1',
      kind: 'AgentClusterInstall',
      name,
    },
    platform: { agentBareMetal: { agentSelector: {} } },
    pullSecretRef: { name: pullSecretName },
  },
});

/** The networks with the labels that infraenv.yaml selects by: another set of labels makes the site's client give up. */
const networks = ({ infraEnv }: Site): readonly HostFile[] => {
  const { static_network_config: hosts = [] } = infraEnv.settings;
  const text = networkManifest(hosts, infraEnv.id);
  return hosts.length === 0 ? [] : [toHostText(`${manifestFolder}nmstateconfig.yaml`, text)];
};

/** The cluster's own manifests, which the site's client hands on as they are. */
export const extraManifestFiles = ({ manifests }: Pick<Site, 'manifests'>): readonly HostFile[] =>
  manifests.map(({ fileName, content }) =>
    toHostText(`${extraManifestFolder}${fileName}`, Buffer.from(content).toString('utf8'), 0o644),
  );

/**
 * The files by which the site's client registers the cluster before a person sees the wizard: those beside which an
 * unconfigured ignition has the others (infraenv, pull secret, image set) already.
 */
export const clusterManifests = (site: Site): readonly HostFile[] => [
  toHostManifest('cluster-deployment.yaml', clusterDeployment(site)),
  toHostManifest(clusterInstallName, clusterInstall(site)),
  ...networks(site),
  ...operatorsFile(site),
  ...extraManifestFiles(site),
];
