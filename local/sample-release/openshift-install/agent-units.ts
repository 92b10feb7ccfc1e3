import type { IgnitionUnit } from './ignition.ts';
import type { Traits } from './traits.ts';

interface UnitPlan {
  readonly description: string;
  readonly after: readonly string[];
  readonly conditions?: readonly string[];
  readonly start: string;
  readonly environment?: string;
  readonly kind: 'oneshot' | 'simple' | 'forking';
  readonly enabled: boolean;
  /** Seconds after which systemd gives it up. */
  readonly timeout?: number;
  /** Whether `[Service]` comes before `[Unit]`. */
  readonly serviceFirst?: true;
}

const nodeZero = '/etc/assisted/node0';
const interactiveUi = '/etc/assisted/interactive-ui';
const noConfigImage = '/etc/assisted/no-config-image';
const networkUnit = 'pre-network-manager-config.service';

/** What a host copies from a configuration medium: a name with a dot is a file, any other the beginning of paths. */
const configImageFiles = [
  ...['pull-secret', 'cluster-deployment', 'cluster-image-set', 'agent-cluster-install', 'infraenv'].map(
    (name) => `/etc/assisted/manifests/${name}.yaml`,
  ),
  ...['manifests', 'extra-manifests', 'hostconfig', 'hostnames', 'network'].map((name) => `/etc/assisted/${name}`),
  '/etc/NetworkManager/conf.d/clientid.conf',
  '/etc/issue',
  '/etc/systemd/system.conf.d/10-default-env.conf',
  '/root/.docker/config.json',
  '/usr/local/share/start-cluster/start-cluster.env',
  '/usr/local/share/assisted-service/assisted-service.env',
  '/opt/agent/tls/kubeadmin-password.hash',
  ...[
    'admin-kubeconfig-signer',
    'kube-apiserver-lb-signer',
    'kube-apiserver-localhost-signer',
    'kube-apiserver-service-network-signer',
  ].flatMap((name) => [`/opt/agent/tls/${name}.key`, `/opt/agent/tls/${name}.crt`]),
  '/etc/assisted/rendezvous-host.env',
];

/** The agent's units, with the conditions that decide between the interactive flow and the one with a config image. */
const plans: Readonly<Record<string, UnitPlan>> = {
  'agent.service': {
    description: 'Agent that reports this host and runs its installation steps',
    after: ['network-online.target', 'set-hostname.service', 'node-zero.service'],
    start: '/usr/local/bin/start-agent.sh',
    kind: 'simple',
    enabled: true,
    serviceFirst: true,
  },
  'agent-ui.service': {
    description: 'User interface of the rendezvous host',
    after: ['assisted-service.service'],
    conditions: [interactiveUi, nodeZero],
    start: '/usr/bin/podman run --net=host --name=agent-ui --env-file=/etc/assisted/rendezvous-host.env agent-ui',
    kind: 'simple',
    enabled: true,
  },
  'agent-register-cluster.service': {
    description: 'Registration of the initial cluster',
    after: ['assisted-service.service'],
    conditions: [nodeZero, `!${interactiveUi}`],
    start: '/usr/bin/podman run --rm --net=host --name=agent-register-cluster agent-installer-client registerCluster',
    kind: 'oneshot',
    enabled: true,
  },
  'agent-register-infraenv.service': {
    description: 'Registration of the infra-env',
    after: ['agent-register-cluster.service'],
    conditions: [nodeZero],
    start: '/usr/bin/podman run --rm --net=host --name=agent-register-infraenv agent-installer-client registerInfraEnv',
    kind: 'oneshot',
    enabled: true,
  },
  'agent-check-config-image.service': {
    description: 'Message that a configuration image is missing',
    after: ['getty@tty1.service'],
    conditions: [`!${noConfigImage}`, `!${nodeZero}`],
    start: '/usr/local/bin/agent-config-image-wait.sh',
    kind: 'simple',
    enabled: true,
  },
  'load-config-iso@.service': {
    description: 'Loading of the configuration image on %I',
    after: ['systemd-udev-settle.service'],
    conditions: [`!${noConfigImage}`],
    environment: `CONFIG_IMAGE_FILES=${configImageFiles.join(',')}`,
    start: '/usr/local/bin/load-config-iso.sh %f',
    kind: 'oneshot',
    enabled: false,
  },
  'agent-extract-tui.service': {
    description: 'Extraction of the text user interface',
    after: ['NetworkManager.service'],
    start: '/usr/local/bin/agent-extract-tui.sh',
    kind: 'oneshot',
    enabled: true,
  },
  'agent-interactive-console.service': {
    description: 'Text user interface on the first console',
    after: ['agent-extract-tui.service', 'systemd-user-sessions.service'],
    start: '/usr/local/bin/agent-interactive-console.sh',
    kind: 'oneshot',
    enabled: true,
  },
  'agent-import-cluster.service': {
    description: 'Import of a cluster that nodes are added to',
    after: ['assisted-service.service'],
    conditions: ['/etc/assisted/add-nodes.env'],
    start: '/usr/bin/podman run --rm --net=host --name=agent-import-cluster agent-installer-client importCluster',
    kind: 'oneshot',
    enabled: false,
  },
  'apply-host-config.service': {
    description: 'Application of host-specific configuration',
    after: ['agent-register-infraenv.service'],
    conditions: [nodeZero],
    start: '/usr/bin/podman run --rm --net=host --name=apply-host-config agent-installer-client configure',
    kind: 'simple',
    enabled: true,
  },
  'assisted-service-pod.service': {
    description: 'Pod of the assisted service',
    after: ['network-online.target'],
    conditions: [nodeZero],
    start: '/usr/bin/podman pod create --infra-conmon-pidfile %t/%N.pid --name assisted-service --network host',
    kind: 'forking',
    enabled: true,
  },
  'assisted-service-db.service': {
    description: 'Database of the assisted service',
    after: ['assisted-service-pod.service'],
    conditions: [nodeZero],
    start:
      '/usr/bin/podman run --detach --pod assisted-service --name=assisted-db agent-installer-api-server /bin/bash start_db.sh',
    kind: 'forking',
    enabled: true,
  },
  'assisted-service.service': {
    description: 'Assisted service on the rendezvous host',
    after: ['assisted-service-db.service'],
    conditions: [nodeZero],
    start:
      '/usr/bin/podman run --detach --pod assisted-service --name=service agent-installer-api-server /assisted-service',
    kind: 'forking',
    enabled: true,
  },
  'install-status.service': {
    description: 'Progress of the installation on the console',
    after: ['agent.service'],
    conditions: [nodeZero],
    start: '/usr/local/bin/install-status.sh',
    kind: 'simple',
    enabled: true,
  },
  'iscsistart.service': {
    description: 'iSCSI sessions of the firmware',
    after: ['network-online.target'],
    start: '/usr/sbin/iscsistart -b',
    kind: 'oneshot',
    enabled: true,
  },
  'node-zero.service': {
    description: 'Identification of the rendezvous host',
    after: ['network-online.target'],
    start: '/usr/local/bin/set-node-zero.sh',
    kind: 'oneshot',
    enabled: true,
  },
  'oci-eval-user-data.service': {
    description: 'Evaluation of user data on Oracle Cloud',
    after: ['network-online.target'],
    start: '/usr/local/bin/oci-eval-user-data.sh',
    kind: 'oneshot',
    enabled: true,
  },
  [networkUnit]: {
    description: 'Static network configuration of this host',
    after: ['systemd-udev-settle.service'],
    start: '/usr/local/bin/pre-network-manager-config.sh',
    kind: 'oneshot',
    enabled: false,
  },
  'selinux.service': {
    description: 'SELinux module of the agent',
    after: ['local-fs.target'],
    start: '/usr/sbin/semodule --install /root/assisted.pp',
    kind: 'oneshot',
    enabled: true,
  },
  'set-hostname.service': {
    description: 'Host name from the configuration',
    after: ['NetworkManager.service'],
    start: '/usr/local/bin/set-hostname.sh',
    kind: 'oneshot',
    enabled: true,
  },
  'start-cluster-installation.service': {
    description: 'Start of the installation once all hosts are ready',
    after: ['apply-host-config.service'],
    conditions: [nodeZero, `!${interactiveUi}`],
    start: '/usr/local/bin/start-cluster-installation.sh',
    kind: 'oneshot',
    enabled: true,
  },
};

const unitSection = (plan: UnitPlan): string[] => [
  '[Unit]',
  `Description=${plan.description}`,
  ...plan.after.map((unit) => `After=${unit}`),
  ...(plan.conditions ?? []).map((path) => `ConditionPathExists=${path}`),
  '',
];

const serviceSection = (plan: UnitPlan): string[] => [
  '[Service]',
  `Type=${plan.kind}`,
  'EnvironmentFile=-/usr/local/share/assisted-service/images.env',
  'EnvironmentFile=-/etc/assisted/agent-installer.env',
  ...(plan.environment === undefined ? [] : [`Environment=${plan.environment}`]),
  `ExecStart=${plan.start}`,
  ...(plan.timeout === undefined ? [] : [`TimeoutSec=${plan.timeout}`]),
  ...(plan.kind === 'oneshot' ? ['RemainAfterExit=yes'] : ['Restart=on-failure', 'RestartSec=30']),
  '',
];

const contents = (plan: UnitPlan): string => {
  const sections = [unitSection(plan), serviceSection(plan)];
  const ordered = plan.serviceFirst ? sections.toReversed() : sections;
  return [...ordered.flat(), '[Install]', 'WantedBy=multi-user.target', ''].join('\n');
};

/** What this build makes of a unit's plan. */
const planned = (name: string, plan: UnitPlan, { registersInfraEnvAlways, networkTimeout }: Traits): UnitPlan => {
  if (name === networkUnit) return { ...plan, timeout: networkTimeout };
  if (name !== 'agent-register-infraenv.service' || registersInfraEnvAlways) return plan;
  return { ...plan, conditions: [...(plan.conditions ?? []), `!${interactiveUi}`] };
};

/** All units; the one for static networks is enabled only if there are any. */
export const agentUnits = (traits: Traits, { staticNetwork }: { readonly staticNetwork: boolean }): IgnitionUnit[] =>
  Object.entries(plans).map(([name, plan]) => ({
    contents: contents(planned(name, plan, traits)),
    enabled: plan.enabled || (staticNetwork && name === networkUnit),
    name,
  }));
