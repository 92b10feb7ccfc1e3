import { installConfig as ofCluster } from '../cluster/install-config-text.ts';
import { writeManifest } from '../ignition/manifest-yaml.ts';
import { entriesOf } from '../values/json.ts';
import { clusterProxy } from './cluster-proxy.ts';
import { machineNetworks } from './machine-networks.ts';
import { overridesOf, withFeatureGates } from './overrides.ts';
import { hostCounts, type Site } from './site.ts';

interface Inputs {
  readonly site: Site;
  /** JSON as the user gave it. */
  readonly pullSecret: string;
  readonly featureGates: readonly string[];
}

type Members = Readonly<Record<string, unknown>>;

const membersOf = (value: unknown): Members => Object.fromEntries(entriesOf(value) ?? []);

/** Without `hosts`: those of agent-config.yaml count, and any here make openshift-install warn. */
const platform = (value: unknown): Members => {
  const { baremetal, ...others } = membersOf(value);
  if (baremetal === undefined) return others;
  const { hosts: _ofAgentConfig, ...kept } = membersOf(baremetal);
  return { ...others, baremetal: kept };
};

const pools = (config: Members, site: Site): Members => {
  const { arbiters, workers } = hostCounts(site);
  const [compute] = Array.isArray(config.compute) ? config.compute : [];
  return {
    compute: [{ name: 'worker', ...membersOf(compute), replicas: workers }],
    ...(arbiters === 0 ? {} : { arbiter: { name: 'arbiter', ...membersOf(config.arbiter), replicas: arbiters } }),
  };
};

const networking = (config: Members, site: Site): Members => ({
  ...membersOf(config.networking),
  machineNetwork: machineNetworks(site).map((cidr) => ({ cidr })),
});

const trust = ({ infraEnv }: Site): Members => {
  const { additional_trust_bundle: bundle } = infraEnv.settings;
  return bundle === undefined ? {} : { additionalTrustBundle: bundle };
};

/**
 * install-config.yaml as `agent create config-image` reads it: the cluster's settings and its overrides, the pull secret, the
 * number of workers, the infra-env's trust bundle and the release's feature gates.
 */
export const installConfigInput = ({ site, pullSecret, featureGates }: Inputs): string => {
  const { proxy: _ofTheAnswer, ...config } = membersOf(JSON.parse(ofCluster(site.cluster)));
  const gates = withFeatureGates(overridesOf(site.cluster.settings), featureGates);
  return writeManifest({
    ...trust(site),
    ...config,
    // openshift-install adds the machine networks, and the site refuses an entry that stands there twice.
    ...clusterProxy(site.cluster.settings),
    ...(gates.additionalTrustBundle ? { additionalTrustBundle: gates.additionalTrustBundle } : {}),
    ...pools(config, site),
    ...(gates.featureSet === undefined ? {} : { featureSet: gates.featureSet }),
    ...(gates.featureGates === undefined ? {} : { featureGates: gates.featureGates }),
    networking: networking(config, site),
    platform: platform(config.platform),
    pullSecret,
  });
};
