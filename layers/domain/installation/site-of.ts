import type { Cluster } from '../cluster/cluster.ts';
import type { InfraEnv } from '../infra-env/infra-env.ts';
import { installationOf } from '../infra-env/site-beginning.ts';
import { type ExtraManifest, hostSettings, type Site } from './site.ts';
import { siteHosts } from './site-host.ts';

interface Parts {
  readonly infraEnv: InfraEnv;
  readonly cluster: Cluster;
  readonly manifests: readonly ExtraManifest[];
}

/** The site that an infra-env is for; undefined where a person enters everything there. */
export const siteOf = ({ infraEnv, cluster, manifests }: Parts): Site | undefined => {
  const installation = installationOf(infraEnv);
  if (installation === undefined) return undefined;
  const settings = hostSettings(infraEnv.settings, cluster.settings);
  return {
    installation,
    cluster,
    infraEnv: { ...infraEnv, settings },
    hosts: siteHosts({ hosts: settings.hosts ?? [], networks: settings.static_network_config ?? [] }),
    workerCount: cluster.settings.worker_count,
    manifests,
  };
};
