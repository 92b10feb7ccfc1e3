import type { Authentication } from './authentication.ts';
import type { Configuration } from './configuration.ts';
import { file, type IgnitionFile } from './ignition.ts';
import { networkFiles } from './network-files.ts';
import { rendezvousFiles } from './rendezvous.ts';
import type { Settings } from './settings.ts';
import { traitsOf } from './traits.ts';

const releaseImages = (settings: Settings, architecture: string): string =>
  JSON.stringify([
    {
      openshift_version: settings.version,
      cpu_architecture: architecture,
      cpu_architectures: [architecture],
      url: settings.releaseImage,
      version: settings.version,
    },
  ]);

const osImages = (settings: Settings, architecture: string): string => {
  const version = settings.version.split('.').slice(0, 2).join('.');
  return JSON.stringify([
    {
      openshift_version: version,
      cpu_architecture: architecture,
      url: `https://images.example/rhcos/${version}/rhcos-live-iso.${architecture}.iso`,
      version: `${version}.stream`,
    },
  ]);
};

/** What a run invents. */
export interface Invented {
  readonly infraEnvId: string;
  readonly authentication: Authentication | undefined;
}

const authenticationLines = (authentication: Authentication | undefined): string[] =>
  authentication === undefined
    ? ['AUTH_TYPE=none']
    : [
        'AUTH_TYPE=agent-installer-local',
        `EC_PUBLIC_KEY_PEM=${authentication.publicKey}`,
        `USER_AUTH_TOKEN=${authentication.userToken}`,
        `WATCHER_AUTH_TOKEN=${authentication.watcherToken}`,
      ];

const serviceEnvironment = (configuration: Configuration, settings: Settings, invented: Invented): string => {
  const architecture = configuration.infraEnv.cpuArchitecture;
  return [
    ...authenticationLines(invented.authentication),
    'DB_HOST=127.0.0.1',
    'DEPLOY_TARGET=onprem',
    'IPV6_SUPPORT=true',
    'NTP_DEFAULT_SERVER=',
    `RELEASE_IMAGES=${releaseImages(settings, architecture)}`,
    `OS_IMAGES=${osImages(settings, architecture)}`,
    `OPENSHIFT_INSTALL_RELEASE_IMAGE_MIRROR=${configuration.registries?.releaseImageMirror ?? ''}`,
    'STORAGE=filesystem',
    `INFRA_ENV_ID=${invented.infraEnvId}`,
    '',
  ].join('\n');
};

/** systemd reads `%` as a specifier; the real program doubles it in two of three values and escapes nothing else. */
const proxyEnvironment = ({ proxy }: Configuration['infraEnv']): string => {
  if (!proxy) return '';
  const line = (name: string, value: string): string[] => (value ? [`DefaultEnvironment=${name}="${value}"`] : []);
  return [
    '[Manager]',
    ...line('HTTP_PROXY', proxy.httpProxy.replaceAll('%', '%%')),
    ...line('HTTPS_PROXY', proxy.httpsProxy.replaceAll('%', '%%')),
    ...line('NO_PROXY', proxy.noProxy),
    '',
  ].join('\n');
};

const releaseImageScript = (releaseImage: string): string =>
  `#!/usr/bin/env bash\n\nimage_for() {\n  podman run --quiet --rm --net=none ${releaseImage} image "$1"\n}\n`;

const downloadScript = (releaseImage: string): string =>
  `#!/usr/bin/env bash\nset -euo pipefail\nRELEASE_IMAGE=${releaseImage}\npodman pull "$RELEASE_IMAGE"\n`;

const releaseFiles = ({ releaseImage }: Settings): IgnitionFile[] => [
  file('/etc/assisted/agent-installer.env', 0o644, `LD_LIBRARY_PATH=/usr/local/bin/\nRELEASE_IMAGE=${releaseImage}\n`),
  file('/usr/local/bin/release-image.sh', 0o755, releaseImageScript(releaseImage)),
  file('/usr/local/bin/release-image-download.sh', 0o755, downloadScript(releaseImage)),
];

const manifestFile = (name: string, content: string): IgnitionFile =>
  file(`/etc/assisted/manifests/${name}`, 0o600, content);

const mirrorFiles = ({ registries, caBundle }: Configuration): IgnitionFile[] => [
  ...(registries ? [file('/etc/containers/registries.conf', 0o644, registries.text)] : []),
  ...(caBundle === undefined ? [] : [file('/etc/pki/ca-trust/source/anchors/domain.crt', 0o644, caBundle)]),
];

/** Builds without the flag leave both files to the caller. */
const interactiveMarkers = ({ interactive }: Configuration): IgnitionFile[] =>
  interactive
    ? [file('/etc/assisted/interactive-ui', 0o644, ''), file('/etc/assisted/no-config-image', 0o644, '')]
    : [];

const hostFiles = ({ staticHosts, staticHostsManifest }: Configuration): IgnitionFile[] =>
  staticHosts.length === 0
    ? []
    : [
        ...networkFiles(staticHosts).map(({ path, content }) => file(`/etc/assisted/network/${path}`, 0o600, content)),
        manifestFile('nmstateconfig.yaml', staticHostsManifest),
      ];

const rendezvousHostFiles = (
  configuration: Configuration,
  { generation }: Settings,
  { authentication }: Invented,
): IgnitionFile[] => {
  const traits = traitsOf[generation];
  return rendezvousFiles(configuration, traits, authentication).map(({ path, content }) =>
    file(path, traits.rendezvousMode, content),
  );
};

/** Every file whose content depends on the inputs or on the release. */
export const configuredFiles = (
  configuration: Configuration,
  settings: Settings,
  invented: Invented,
): IgnitionFile[] => [
  ...rendezvousHostFiles(configuration, settings, invented),
  ...hostFiles(configuration),
  ...interactiveMarkers(configuration),
  ...(settings.behaviour.withoutPullSecret
    ? []
    : [file('/root/.docker/config.json', 0o600, configuration.pullSecret.dockerConfig)]),
  file('/etc/systemd/system.conf.d/10-default-env.conf', 0o600, proxyEnvironment(configuration.infraEnv)),
  file(
    '/usr/local/share/assisted-service/assisted-service.env',
    0o600,
    serviceEnvironment(configuration, settings, invented),
  ),
  ...releaseFiles(settings),
  manifestFile('infraenv.yaml', configuration.infraEnv.manifest),
  manifestFile('cluster-image-set.yaml', configuration.clusterImageSet),
  manifestFile('pull-secret.yaml', configuration.pullSecret.manifest),
  ...mirrorFiles(configuration),
];
