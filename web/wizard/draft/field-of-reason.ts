import { type Field, textFields } from './draft.ts';

/** By what the texts of the assisted-service API say, which name fields in many ways. */
const signs: readonly (readonly [sign: RegExp, field: Field])[] = [
  [/install.config/i, 'install_config_overrides'],
  [/manifest/i, 'manifests'],
  [/pull.?secret/i, 'pull_secret'],
  [/SSH/, 'ssh_authorized_key'],
  [/network yaml|interface|MAC address|mac_address|networks configuration|static_network/i, 'static_network_config'],
  [/rendezvous/i, 'rendezvous_ip'],
  [/http.?proxy/i, 'http_proxy'],
  [/https.?proxy/i, 'https_proxy'],
  [/no.?proxy/i, 'no_proxy'],
  [/NTP source/i, 'additional_ntp_sources'],
  [/invalid block|parse failed: block/, 'additional_trust_bundle'],
  [/kernel.?argument/i, 'kernel_arguments'],
  [/parsing ignition|ignition archive/i, 'ignition_config_override'],
  [/base.?DNS|DNS format|domain/i, 'base_dns_domain'],
  [/ingress/i, 'ingress_vips'],
  [/api.?vip/i, 'api_vips'],
  [/machine.?network|CIDR|subnet/i, 'machine_networks'],
  [/operator/i, 'olm_operators'],
  [/control plane/i, 'control_plane_count'],
  [/worker/i, 'worker_count'],
  [/cluster name|name in body/i, 'name'],
  [/version|release/i, 'openshift_version'],
];

const hostIn = (reason: string, places: readonly number[]): Field | undefined => {
  const [, host] = /\bhost (\d+)\b/.exec(reason) ?? [];
  const place = places[Number(host)];
  return place === undefined ? undefined : `host ${place}`;
};

const named = (reason: string): Field | undefined => {
  const [, name] = /^([a-z_]+)(?:\.\S+)?(?::| in body)/.exec(reason) ?? [];
  if (name === 'hosts') return 'static_network_config';
  return textFields.find((field) => field === name);
};

/**
 * The field that a reason is about; undefined where it names none.
 *
 * @param places of the hosts that it counts, in the form
 */
export const fieldOfReason = (reason: string, places: readonly number[]): Field | undefined =>
  named(reason) ?? hostIn(reason, places) ?? signs.find(([sign]) => sign.test(reason))?.[1];

/** The reasons in a message: several come as a list (`layers/domain/multierror.ts`). */
export const reasonsIn = (message: string): readonly string[] => {
  const listed = [...message.matchAll(/^\t\* (.+)$/gm)].map(([, reason = '']) => reason);
  return listed.length === 0 ? [message.trim()] : listed;
};
