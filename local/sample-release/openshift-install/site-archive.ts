import { randomBytes } from 'node:crypto';
import type { Authentication } from './authentication.ts';
import { makeClusterImageSet } from './cluster-image-set.ts';
import type { ArchivedFile } from './cpio-writer.ts';
import { networkFiles } from './network-files.ts';
import type { Settings } from './settings.ts';
import { type Mapping, mappingAt, textAt } from './shape.ts';
import { rendezvousOf, replicas } from './site-checks.ts';
import type { SiteConfiguration, SiteHost } from './site-configuration.ts';
import { clusterInstallManifest, infraEnvSiteManifest } from './site-manifests.ts';
import type { StaticHost } from './static-hosts.ts';
import { writeYaml } from './yaml.ts';

/** What one run of `config-image` invents; of another run are the unconfigured ignition's. */
interface SiteInventions {
  readonly infraEnvId: string;
  readonly authentication: Authentication;
  readonly password: string;
}

interface Made {
  readonly site: SiteConfiguration;
  readonly settings: Settings;
  readonly invented: SiteInventions;
}

const secret = 0o600;
const readable = 0o644;
const file = (path: string, content: string, mode = secret): ArchivedFile => ({ path, mode, content });

const folderOf = ({ hostname }: SiteHost, index: number): string =>
  `/etc/assisted/hostconfig/${hostname || `host-${index}`}`;

/** In an order that is another in each run. */
const hostConfig = ({ hosts }: SiteConfiguration): ArchivedFile[] =>
  hosts
    .flatMap((host, index) => [
      file(
        `${folderOf(host, index)}/mac_addresses`,
        host.interfaces.map(({ macAddress }) => `${macAddress.toLowerCase()}\n`).join(''),
        readable,
      ),
      ...(Object.keys(host.hints).length === 0
        ? []
        : [file(`${folderOf(host, index)}/root-device-hints.yaml`, writeYaml(host.hints), readable)]),
      ...(host.role === '' ? [] : [file(`${folderOf(host, index)}/role`, host.role, readable)]),
    ])
    .map((entry) => ({ entry, order: randomBytes(4).readUInt32BE() }))
    .toSorted((one, other) => one.order - other.order)
    .map(({ entry }) => entry);

const hostNames = ({ hosts }: SiteConfiguration): ArchivedFile[] =>
  hosts.flatMap(({ hostname, interfaces: [first] }) =>
    hostname === '' || first === undefined
      ? []
      : [file(`/etc/assisted/hostnames/${first.macAddress.toLowerCase()}`, hostname)],
  );

const staticHosts = ({ hosts }: SiteConfiguration): StaticHost[] =>
  hosts.flatMap(({ hostname, networkConfig, interfaces }) =>
    networkConfig === undefined
      ? []
      : [{ name: hostname, labelled: true, config: networkConfig, macByInterface: interfaces }],
  );

const networks = (site: SiteConfiguration, labels: Mapping): ArchivedFile[] => {
  const hosts = staticHosts(site);
  if (hosts.length === 0) return [];
  const documents = hosts.map(({ name, config, macByInterface }) =>
    writeYaml({
      apiVersion: 'agent-install.openshift.io/v1beta1',
      kind: 'NMStateConfig',
      metadata: { name, labels },
      spec: { config, interfaces: macByInterface },
    }),
  );
  return [
    ...networkFiles(hosts).map(({ path, content }) => file(`/etc/assisted/network/${path}`, content)),
    file('/etc/assisted/manifests/nmstateconfig.yaml', documents.join('---\n')),
  ];
};

const rendezvousEnvironment = ({ site, invented: { authentication } }: Made): string => {
  const host = rendezvousOf(site);
  const authority = host.includes(':') ? `[${host}]` : host;
  return [
    `NODE_ZERO_IP=${host}`,
    `SERVICE_BASE_URL=http://${authority}:8090/`,
    `IMAGE_SERVICE_BASE_URL=http://${authority}:8888/`,
    `PULL_SECRET_TOKEN=${authentication.agentToken}`,
    `USER_AUTH_TOKEN=${authentication.userToken}`,
    'WORKFLOW_TYPE=install',
    '',
  ].join('\n');
};

const serviceEnvironment = ({ settings, invented }: Made): string =>
  [
    'AUTH_TYPE=agent-installer-local',
    `EC_PUBLIC_KEY_PEM=${invented.authentication.publicKey}`,
    `USER_AUTH_TOKEN=${invented.authentication.userToken}`,
    `WATCHER_AUTH_TOKEN=${invented.authentication.watcherToken}`,
    `RELEASE_IMAGES=${JSON.stringify([{ url: settings.releaseImage, version: settings.version }])}`,
    `INFRA_ENV_ID=${invented.infraEnvId}`,
    '',
  ].join('\n');

const startEnvironment = (site: SiteConfiguration): string => {
  const { masters, arbiters, workers } = replicas(site);
  return `REQUIRED_MASTER_NODES=${masters}\nREQUIRED_ARBITER_NODES=${arbiters}\nREQUIRED_WORKER_NODES=${workers}\n`;
};

const signers = [
  'admin-kubeconfig-signer',
  'kube-apiserver-lb-signer',
  'kube-apiserver-localhost-signer',
  'kube-apiserver-service-network-signer',
];

/** Stand-ins of keys and certificates: random, and of the form of a PEM. */
const pem = (kind: string): string =>
  `-----BEGIN ${kind}-----\n${randomBytes(48).toString('base64')}\n-----END ${kind}-----\n`;

const keys = (password: string): ArchivedFile[] => [
  file(
    '/opt/agent/tls/kubeadmin-password.hash',
    `$2a$10$${Buffer.from(password).toString('base64url').slice(0, 22)}${randomBytes(24).toString('base64url').slice(0, 31)}`,
  ),
  ...signers.flatMap((name) => [
    file(`/opt/agent/tls/${name}.key`, pem('RSA PRIVATE KEY')),
    file(`/opt/agent/tls/${name}.crt`, pem('CERTIFICATE')),
  ]),
];

const proxyEnvironment = (install: Mapping): string => {
  const proxy = mappingAt(install, 'proxy');
  const lines = Object.entries({ HTTP_PROXY: 'httpProxy', HTTPS_PROXY: 'httpsProxy', NO_PROXY: 'noProxy' }).flatMap(
    ([name, key]) => (textAt(proxy, key) === '' ? [] : [`DefaultEnvironment=${name}="${textAt(proxy, key)}"`]),
  );
  return lines.length === 0 ? '' : ['[Manager]', ...lines, ''].join('\n');
};

const clusterDeployment = ({ install }: SiteConfiguration): string => {
  const name = textAt(mappingAt(install, 'metadata'), 'name');
  return writeYaml({
    apiVersion: 'hive.openshift.io/v1',
    kind: 'ClusterDeployment',
    metadata: { name },
    spec: {
      baseDomain: textAt(install, 'baseDomain'),
      clusterName: name,
      pullSecretRef: { name: `${name}-pull-secret` },
    },
  });
};

const pullSecret = ({ install }: SiteConfiguration): string =>
  writeYaml({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'pull-secret' },
    stringData: { '.dockerconfigjson': textAt(install, 'pullSecret') },
  });

/** The files of the archive, as the real program orders them but for the hosts' configuration. */
export const siteArchive = (made: Made): readonly ArchivedFile[] => {
  const { site, settings, invented } = made;
  const manifest = (name: string, content: string) => file(`/etc/assisted/manifests/${name}`, content);
  const labels = { 'agent-install.openshift.io/site': textAt(mappingAt(site.install, 'metadata'), 'name') };
  return [
    manifest('agent-cluster-install.yaml', clusterInstallManifest(site)),
    manifest('cluster-deployment.yaml', clusterDeployment(site)),
    manifest('cluster-image-set.yaml', makeClusterImageSet(settings.version, settings.releaseImage)),
    manifest('infraenv.yaml', infraEnvSiteManifest(site, staticHosts(site).length > 0 ? labels : undefined)),
    manifest('pull-secret.yaml', pullSecret(site)),
    manifest('agent-config.yaml', writeYaml(site.agent)),
    ...networks(site, labels),
    file('/etc/assisted/rendezvous-host.env', rendezvousEnvironment(made)),
    ...hostNames(site),
    ...hostConfig(site),
    ...[...site.manifests].map(([name, content]) => file(`/etc/assisted/extra-manifests/${name}`, content)),
    file('/etc/NetworkManager/conf.d/clientid.conf', '[connection]\nipv6.dhcp-duid=ll\nipv6.dhcp-iaid=mac\n'),
    file('/etc/issue', 'Installation from a configuration image\n'),
    file('/etc/systemd/system.conf.d/10-default-env.conf', proxyEnvironment(site.install)),
    file('/root/.docker/config.json', textAt(site.install, 'pullSecret')),
    file('/usr/local/share/start-cluster/start-cluster.env', startEnvironment(site)),
    file('/usr/local/share/assisted-service/assisted-service.env', serviceEnvironment(made)),
    ...keys(invented.password),
  ];
};
