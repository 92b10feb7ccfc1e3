import { failure, type ServiceError } from '../errors.ts';
import type { InstallerRun } from '../ignition/ignition-ports.ts';
import { lastFatal } from '../ignition/refusal.ts';

interface Rule {
  readonly pattern: RegExp;
  /** The field in the API's words and what is wrong. */
  readonly reason: string;
}

const rule = (pattern: RegExp, reason: string): Rule => ({ pattern, reason });

// First match wins. Reasons are fixed texts: whatever the binary quotes, it may be a secret.
const rules: readonly Rule[] = [
  rule(/pullSecret|PullSecret/, 'pull_secret: it is not a valid pull secret'),
  rule(/missing rendezvousIP/, 'rendezvous_ip: it is missing, and no static network of a control plane host gives one'),
  rule(
    /has role '?worker'? and has the rendezvousIP|rendezvousIP must be assigned/i,
    'rendezvous_ip: it is an address of a worker',
  ),
  rule(/rendezvousIP/i, 'rendezvous_ip: it is not an address of a host'),
  rule(/duplicate MAC address/, 'hosts: two hosts have the same MAC address'),
  rule(/macAddress|MAC address|interfaces/i, 'hosts: a MAC address is missing or not valid'),
  rule(/rootDeviceHints|deviceName|hctl|wwn/i, 'hosts: root_device_hints are not valid'),
  rule(/host role|\.role\b|\bRole\b/, 'hosts: a role is not valid'),
  rule(/number of (?:master|arbiter|worker) hosts|not enough hosts/i, 'hosts: their number is not that of the nodes'),
  rule(/networkConfig|NMState|nmstate|network yaml/i, 'static_network_config: it is not valid'),
  rule(/apiVIP|ingressVIP|\bVIPs?\b/i, 'api_vips and ingress_vips: they are not valid for the machine networks'),
  rule(/hostPrefix|clusterNetwork/i, 'cluster_networks: they are not valid'),
  rule(/serviceNetwork/i, 'service_networks: they are not valid'),
  rule(/machineNetwork/i, 'machine_networks: they are not valid'),
  rule(/networkType/i, 'network_type: openshift-install does not support it'),
  rule(/baseDomain/i, 'base_dns_domain: it is missing or not valid'),
  rule(/metadata\.name|ClusterName/i, 'name: it is not a valid name of a cluster'),
  rule(/sshKey/i, 'ssh_public_key: it is not valid, or of a kind that FIPS rules out'),
  rule(/noProxy|no_proxy/i, 'no_proxy: it is not valid'),
  rule(/proxy/i, 'http_proxy and https_proxy: they are not valid'),
  rule(/additionalTrustBundle/i, 'additional_trust_bundle: it is not valid'),
  rule(/NTP/, 'additional_ntp_sources: they are not valid'),
  rule(/featureSet|featureGates/i, 'install_config_overrides.featureSet: it is not valid'),
  rule(/capabilit/i, 'install_config_overrides.capabilities: they are not valid'),
  rule(/fencing|controlPlane|ControlPlane/, 'control_plane_count: it is not possible with these hosts'),
  rule(/compute|arbiter/i, 'worker_count: it is not possible with these hosts'),
  rule(/platform/i, 'platform: openshift-install does not support it for this site'),
  rule(/openshift\/|decode YAML/i, 'manifests: one of them is not valid YAML'),
  rule(
    /unknown field|unmarshal|yaml/i,
    'install_config_overrides: they have a member that openshift-install does not know',
  ),
];

/** 3 is what the binary ends with where install-config.yaml has an unknown member. */
const refusals: readonly (number | undefined)[] = [1, 3];

/**
 * Why a run of `agent create config-image` that ended by itself made no image; undefined when it did. Nothing of the binary's
 * own words is in the result. What is no refusal is an InternalError.
 */
export const configImageRefusal = ({
  exitCode,
  stderr,
}: Pick<InstallerRun, 'exitCode' | 'stderr'>): ServiceError | undefined => {
  if (exitCode === 0) return undefined;
  const message = refusals.includes(exitCode) ? lastFatal(stderr) : undefined;
  const reason = message === undefined ? undefined : rules.find(({ pattern }) => pattern.test(message))?.reason;
  return reason === undefined ? failure('InternalError') : failure('InstallerRefused', { reason });
};
