import type { Cluster } from '../cluster/cluster.ts';
import type { InfraEnv } from '../infra-env/infra-env.ts';
import { type ExtraManifest, hostSettings, type Site } from './site.ts';
import { siteHosts } from './site-host.ts';

/** How the site of an infra-env begins; undefined where a person enters everything there. */
export const installationOf = ({ type, settings }: Pick<InfraEnv, 'type' | 'settings'>) =>
  type === 'disconnected-iso' ? settings.installation : undefined;

/** Whether the ISO waits for a medium with the settings of its site. */
export const hasSeparateSettings = (infraEnv: Pick<InfraEnv, 'type' | 'settings'>): boolean =>
  installationOf(infraEnv) === 'unattended' && infraEnv.settings.site_settings === 'separate';

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
