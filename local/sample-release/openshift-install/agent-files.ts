import { agentScripts } from './agent-scripts.ts';
import { appendedFile, file, type IgnitionFile } from './ignition.ts';

/** Hexadecimal digits that look random and are the same on every run (a linear congruential generator). */
export const steadyHex = (seed: number, length: number): string => {
  let state = seed;
  let digits = '';
  while (digits.length < length) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    digits += (state >>> 8).toString(16).padStart(6, '0');
  }
  return digits.slice(0, length);
};

const components = (
  'agent-installer-api-server agent-installer-csr-approver agent-installer-node-agent agent-installer-orchestrator ' +
  'agent-installer-ui agent-installer-utils aws-ebs-csi-driver azure-disk-csi-driver baremetal-installer ' +
  'baremetal-machine-controllers baremetal-operator baremetal-runtimecfg cli cli-artifacts cloud-credential-operator ' +
  'cluster-authentication-operator cluster-autoscaler cluster-baremetal-operator cluster-bootstrap ' +
  'cluster-capi-operator cluster-config-api cluster-config-operator cluster-control-plane-machine-set-operator ' +
  'cluster-dns-operator cluster-etcd-operator cluster-image-registry-operator cluster-ingress-operator ' +
  'cluster-kube-apiserver-operator cluster-kube-controller-manager-operator cluster-kube-scheduler-operator ' +
  'cluster-machine-approver cluster-monitoring-operator cluster-network-operator cluster-node-tuning-operator ' +
  'cluster-policy-controller cluster-samples-operator cluster-storage-operator cluster-version-operator ' +
  'configmap-reloader console console-operator container-networking-plugins coredns csi-driver-manila ' +
  'csi-external-attacher csi-external-provisioner csi-external-resizer csi-external-snapshotter csi-livenessprobe ' +
  'csi-node-driver-registrar docker-builder docker-registry driver-toolkit egress-router-cni etcd haproxy-router ' +
  'hyperkube hypershift insights-operator installer installer-artifacts ironic ironic-agent ironic-machine-os-downloader ' +
  'ironic-static-ip-manager jenkins k8s-prometheus-adapter keepalived-ipfailover kube-metrics-server kube-proxy ' +
  'kube-rbac-proxy kube-state-metrics kube-storage-version-migrator machine-api-operator machine-config-operator ' +
  'machine-image-customization-controller machine-os-images monitoring-plugin multus-admission-controller multus-cni ' +
  'multus-networkpolicy must-gather network-metrics-daemon network-tools networking-console-plugin oauth-apiserver ' +
  'oauth-proxy oauth-server olm-catalogd olm-operator-controller operator-lifecycle-manager operator-marketplace ' +
  'operator-registry ovn-kubernetes pod prometheus prometheus-alertmanager prometheus-config-reloader ' +
  'prometheus-node-exporter prometheus-operator rhel-coreos service-ca-operator telemeter tests thanos tools'
).split(' ');

const imagesEnvironment = (): string =>
  components
    .map((name, index) => {
      const variable = name.toUpperCase().replaceAll('-', '_');
      return `${variable}_IMAGE=quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:${steadyHex(index + 1, 64)}`;
    })
    .join('\n');

/** SHA-512 of the image layers that the installation medium brings along. */
const layerDigests = (): string =>
  Array.from(
    { length: 80 },
    (_, index) => `${steadyHex(1000 + index, 128)}  layer-${String(index).padStart(2, '0')}`,
  ).join('\n');

const role = (name: string, cpuCores: number, memoryMib: number) => ({
  [name]: {
    cpu_cores: cpuCores,
    ram_mib: memoryMib,
    disk_size_gb: 100,
    installation_disk_speed_threshold_ms: 10,
    network_latency_threshold_ms: 100,
    packet_loss_percentage: 0,
  },
});

const hardwareRequirements = JSON.stringify(
  [
    {
      version: 'default',
      ...role('master', 4, 16_384),
      ...role('arbiter', 2, 8_192),
      ...role('worker', 2, 8_192),
      ...role('sno', 8, 16_384),
    },
  ],
  null,
  2,
);

const selinuxClasses = ['dir', 'file', 'lnk_file', 'sock_file', 'fifo_file', 'blk_file', 'chr_file'];

const selinuxModule = [
  'module assisted 1.0;',
  '',
  'require {',
  '  type chronyd_t;',
  '  type container_file_t;',
  '  type spc_t;',
  ...selinuxClasses.map((name) => `  class ${name} { getattr open read search };`),
  '}',
  '',
  ...selinuxClasses.map((name) => `allow chronyd_t container_file_t:${name} { getattr open read search };`),
  '',
].join('\n');

const multipath = 'defaults {\n    user_friendly_names yes\n    find_multipaths yes\n    enable_foreign "^$"\n}\n';

const pod = [
  'apiVersion: v1',
  'kind: Pod',
  'metadata:',
  '  name: assisted-installer',
  'spec:',
  '  containers:',
  ...['db', 'image-service', 'service', 'ui'].flatMap((name) => [
    `    - name: ${name}`,
    `      image: localhost/agent-installer-${name}:latest`,
    '      envFrom: [{ configMapRef: { name: config } }]',
  ]),
  '',
].join('\n');

/** Files that depend neither on the inputs nor on the release, the message of the day being an addition to the image's own. */
export const agentFiles = (): IgnitionFile[] => [
  ...agentScripts().map(({ name, content }) => file(`/usr/local/bin/${name}`, 0o755, content)),
  file('/etc/NetworkManager/conf.d/clientid.conf', 0o600, '[connection]\nipv6.dhcp-duid=ll\nipv6.dhcp-iaid=mac\n'),
  file('/etc/multipath.conf', 0o600, multipath),
  file(
    '/etc/udev/rules.d/80-agent-config-image.rules',
    0o600,
    'ENV{ID_FS_LABEL}=="agent_configimage", TAG+="systemd"\n',
  ),
  file('/root/assisted.te', 0o600, selinuxModule),
  file('/usr/local/share/assisted-service/hw.json', 0o600, hardwareRequirements),
  file('/usr/local/share/assisted-service/images.env', 0o600, `${imagesEnvironment()}\n`),
  file('/usr/local/share/assisted-service/layers.sha512', 0o600, `${layerDigests()}\n`),
  file('/usr/local/share/assisted-service/pod.yml', 0o600, pod),
  appendedFile(
    '/etc/motd',
    0o644,
    'The agent of this host reports to the rendezvous host: journalctl -u agent.service\n',
  ),
];
