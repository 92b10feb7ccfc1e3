import { type Mapping, mappingAt, textAt } from './shape.ts';
import { machineNetworksOf, rendezvousOf, replicas } from './site-checks.ts';
import type { SiteConfiguration } from './site-configuration.ts';
import { writeYaml } from './yaml.ts';

/** What of install-config.yaml goes into the annotation; hyperthreading, mirrors and what is published do not arrive. */
const overridden = ['fips', 'capabilities', 'cpuPartitioningMode', 'featureSet', 'featureGates'];

const overrides = (install: Mapping): Mapping =>
  Object.fromEntries(
    overridden.filter((key) => install[key] !== undefined && install[key] !== false).map((key) => [key, install[key]]),
  );

const proxyOf = (site: SiteConfiguration): Mapping => {
  const proxy = mappingAt(site.install, 'proxy');
  if (Object.keys(proxy).length === 0) return {};
  const noProxy = [textAt(proxy, 'noProxy'), ...machineNetworksOf(site), rendezvousOf(site)].filter(
    (entry) => entry !== '',
  );
  return { proxy: { ...proxy, noProxy: [...new Set(noProxy.join(',').split(','))].join(',') } };
};

const platformTypes: Readonly<Record<string, string>> = { baremetal: 'BareMetal', none: 'None', external: 'External' };

export const clusterInstallManifest = (site: SiteConfiguration): string => {
  const { install } = site;
  const name = textAt(mappingAt(install, 'metadata'), 'name');
  const networking = mappingAt(install, 'networking');
  const [platform = 'none'] = Object.keys(mappingAt(install, 'platform'));
  const bareMetal = mappingAt(mappingAt(install, 'platform'), 'baremetal');
  const { masters, arbiters, workers } = replicas(site);
  const annotated = overrides(install);
  return writeYaml({
    apiVersion: 'extensions.hive.openshift.io/v1beta1',
    kind: 'AgentClusterInstall',
    metadata: {
      name,
      namespace: name,
      ...(Object.keys(annotated).length === 0
        ? {}
        : { annotations: { 'agent-install.openshift.io/install-config-overrides': JSON.stringify(annotated) } }),
    },
    spec: {
      ...(platform === 'baremetal'
        ? {
            apiVIP: firstOf(bareMetal.apiVIPs),
            apiVIPs: bareMetal.apiVIPs,
            ingressVIP: firstOf(bareMetal.ingressVIPs),
            ingressVIPs: bareMetal.ingressVIPs,
          }
        : {}),
      clusterDeploymentRef: { name },
      imageSetRef: { name: 'openshift-was not provided' },
      networking: {
        clusterNetwork: networking.clusterNetwork,
        machineNetwork: machineNetworksOf(site).map((cidr) => ({ cidr })),
        serviceNetwork: networking.serviceNetwork,
        networkType: textAt(networking, 'networkType') || 'OVNKubernetes',
        userManagedNetworking: platform !== 'baremetal',
      },
      platformType: platformTypes[platform],
      provisionRequirements: {
        controlPlaneAgents: masters,
        ...(arbiters ? { arbiterAgents: arbiters } : {}),
        workerAgents: workers,
      },
      ...(textAt(install, 'sshKey') === '' ? {} : { sshPublicKey: textAt(install, 'sshKey') }),
      ...proxyOf(site),
    },
  });
};

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);

export const infraEnvSiteManifest = (site: SiteConfiguration, labels: Mapping | undefined): string => {
  const { install, agent } = site;
  const name = textAt(mappingAt(install, 'metadata'), 'name');
  const bundle = textAt(install, 'additionalTrustBundle');
  const key = textAt(install, 'sshKey');
  return writeYaml({
    apiVersion: 'agent-install.openshift.io/v1beta1',
    kind: 'InfraEnv',
    metadata: { name, namespace: name },
    spec: {
      clusterRef: { name, namespace: name },
      pullSecretRef: { name: `${name}-pull-secret` },
      nmStateConfigLabelSelector: labels === undefined ? {} : { matchLabels: labels },
      ...(key === '' ? {} : { sshAuthorizedKey: key }),
      ...(bundle === '' ? {} : { additionalTrustBundle: bundle }),
      ...(Array.isArray(agent.additionalNTPSources) ? { additionalNTPSources: agent.additionalNTPSources } : {}),
      ...proxyOf(site),
    },
  });
};
