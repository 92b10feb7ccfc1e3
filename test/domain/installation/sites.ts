import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { type AskedSiteHost, toSiteHost } from '#domain/infra-env/site-hosts.ts';
import { siteFaults } from '#domain/installation/judgement/check-site.ts';
import { hostSettings, type Site } from '#domain/installation/site.ts';
import { siteHosts } from '#domain/installation/site-host.ts';
import { anInfraEnv } from '#test/fakes/records.ts';
import { type Given, registered, release } from '../cluster/samples.ts';
import { routedNetwork } from '../infra-env/host-network.ts';

export const pullSecret = JSON.stringify({ auths: { 'quay.io': { auth: 'dXNlcjpwYXNzd29yZA==' } } });

export const someManifest = {
  fileName: 'motd.yaml',
  content: Buffer.from(
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: motd, namespace: default}\ndata: {text: hello}\n',
  ),
};

/** Three control plane nodes and two workers, each with a static address 192.0.2.1N and the gateway 192.0.2.1. */
export const networks = Array.from({ length: 5 }, (_, index) => routedNetwork(`192.0.2.1${index}`, `0${index}`));

export const hosts: readonly AskedSiteHost[] = networks.map((_, index) => ({
  hostname: `node-${index}.edge.example.com`,
  role: index < 3 ? ('master' as const) : ('worker' as const),
  root_device_hints: { deviceName: '/dev/sda' },
}));

export const clusterSettings: Given = {
  base_dns_domain: 'example.com',
  api_vips: [{ ip: '192.0.2.2' }],
  ingress_vips: [{ ip: '192.0.2.3' }],
  machine_networks: [{ cidr: '192.0.2.0/24' }],
  olm_operators: [{ name: 'nmstate' }],
};

export interface GivenSite {
  readonly installation?: Site['installation'];
  readonly cluster?: Given;
  readonly overrides?: object;
  readonly settings?: InfraEnvSettings;
  readonly hosts?: readonly AskedSiteHost[];
  readonly workerCount?: number | undefined;
  readonly manifests?: Site['manifests'];
  readonly version?: string;
}

/** A site that installs: each part can be replaced. */
export const aSite = (given: GivenSite = {}): Site => {
  const cluster = registered({ ...clusterSettings, ...given.cluster }, release(given.version ?? '4.20.3'));
  const settings = hostSettings(
    given.settings ?? { static_network_config: networks, rendezvous_ip: '192.0.2.10' },
    cluster.settings,
  );
  return {
    installation: given.installation ?? 'unattended',
    cluster: {
      ...cluster,
      settings:
        given.overrides === undefined
          ? cluster.settings
          : { ...cluster.settings, install_config_overrides: JSON.stringify(given.overrides) },
    },
    infraEnv: anInfraEnv({ settings }),
    hosts: siteHosts({
      hosts: (given.hosts ?? hosts).map(toSiteHost),
      networks: settings.static_network_config ?? [],
    }),
    workerCount: 'workerCount' in given ? given.workerCount : 2,
    manifests: given.manifests ?? [someManifest],
  };
};

/** What is found against a site, with nothing but a version known of its release. */
export const faultsOf = (given: GivenSite) => {
  const site = aSite(given);
  return siteFaults({ site, release: { version: site.cluster.openshiftVersion } });
};

export const fieldsOf = (given: GivenSite): readonly string[] => faultsOf(given).map(({ field }) => field);
