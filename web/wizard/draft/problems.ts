import { newCluster } from '#domain/cluster/cluster-registration.ts';
import { clusterCreateParams } from '#domain/cluster/cluster-settings.ts';
import { checkOverrides } from '#domain/cluster/install-config-overrides.ts';
import { ServiceError } from '#domain/errors.ts';
import { judgeRendezvousIp } from '#domain/infra-env/rendezvous-ip.ts';
import { type AskedSettings, type SettingKey, settingTable } from '#domain/infra-env/setting-table.ts';
import { checkBaseDomain, checkClusterName } from '#domain/values/dns.ts';
import { checkNtpSources } from '#domain/values/ntp.ts';
import { checkPullSecret } from '#domain/values/pull-secret.ts';
import { manifestProblem } from '../manifests/manifest-draft.ts';
import { hostProblems } from '../network/host-rules.ts';
import { placesOfNetworks } from '../network/host-to-store.ts';
import { type Draft, type Field, isInteractive } from './draft.ts';
import { fieldOfReason, reasonsIn } from './field-of-reason.ts';
import { clusterSettingsOf, settingsOf } from './settings.ts';

export type Problems = ReadonlyMap<Field, string>;

type Found = readonly (readonly [field: Field, reason: string])[];

/** What a rule says, at the field that it is about. */
const refused = (field: Field, rule: () => void): Found => {
  try {
    rule();
    return [];
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return [[field, reasonsIn(error.message).join('\n')]];
  }
};

/** The shape of a setting and its own rule; empty ones are not set. */
const changed = <Key extends SettingKey>(field: Field, key: Key, asked: AskedSettings[Key]): Found => {
  const { success, error } = settingTable[key].asked.safeParse(asked);
  if (!success) return [[field, error.issues[0]?.message ?? 'it is not valid']];
  return refused(field, () => settingTable[key].change(asked, { before: undefined, call: 'update' }));
};

const required = (field: Field, text: string, reason: string): Found => (text.trim() === '' ? [[field, reason]] : []);

const accessProblems = ({ texts }: Draft, keepsSecret: boolean): Found => {
  if (texts.pull_secret === '' && keepsSecret) return [];
  const missing = required('pull_secret', texts.pull_secret, 'an ISO needs one: the hosts pull their images with it');
  return missing.length > 0 ? missing : refused('pull_secret', () => checkPullSecret(texts.pull_secret));
};

const proxyProblems = ({ proxy }: AskedSettings): Found =>
  (['http_proxy', 'https_proxy', 'no_proxy'] as const).flatMap((field) =>
    changed(field, 'proxy', { [field]: proxy[field] }),
  );

const timeProblems = ({ additional_ntp_sources: additional, ntp_sources: only }: AskedSettings): Found => {
  const check = (sources: { additional?: string; only?: string }) => () =>
    checkNtpSources({ ...sources, additionalField: 'additional_ntp_sources' });
  const ofAdditional = refused('additional_ntp_sources', check({ additional }));
  return ofAdditional.length > 0 ? ofAdditional : refused('ntp_sources', check({ additional, only }));
};

/** Where a host's own fields are wrong, what is made of them is not looked at. */
const networkProblems = ({ hosts }: Draft, { static_network_config: networks }: AskedSettings): Found => {
  const ofFields = hosts.flatMap((host, at): Found => {
    const [first] = Object.values(hostProblems(host));
    return first === undefined ? [] : [[`host ${at}`, 'Some of its fields are not right yet.']];
  });
  if (ofFields.length > 0) return ofFields;
  const found = changed('static_network_config', 'static_network_config', networks);
  const places = placesOfNetworks(hosts);
  return found.flatMap(([, reasons]) =>
    reasons
      .split('\n')
      .map((reason): Found[number] => [fieldOfReason(reason, places) ?? 'static_network_config', reason]),
  );
};

const rendezvousProblems = ({ rendezvous_ip }: AskedSettings): Found =>
  rendezvous_ip === '' ? [] : refused('rendezvous_ip', () => judgeRendezvousIp({ rendezvous_ip }, 'disconnected-iso'));

const owner = { userName: '', orgId: '', emailDomain: '' };

const manifestProblems = ({ manifests, texts }: Draft): Found => {
  const problem = manifestProblem(manifests, texts.name);
  return problem === undefined ? [] : [['manifests', problem]];
};

/** A cluster of these settings is made, as the service makes one, and thrown away. */
const clusterProblems = (draft: Draft): Found => {
  const { name, openshift_version: version, cpu_architecture, pull_secret } = draft.texts;
  const ofName = refused('name', () => checkClusterName({ name }));
  if (isInteractive(draft)) return ofName;
  const settings = clusterSettingsOf(draft);
  const ofDomain = refused('base_dns_domain', () => checkBaseDomain({ name, baseDomain: settings.base_dns_domain }));
  if (ofName.length + ofDomain.length > 0) return [...ofName, ...ofDomain];
  const release = { version, cpuArchitectures: [cpu_architecture], releaseImage: '' } as never;
  const params = { name, openshift_version: version, pull_secret, ...settings };
  const shape = clusterCreateParams.safeParse(params).error?.issues ?? [];
  if (shape.length > 0) return shape.map(({ path: [field], message }) => [field as Field, message]);
  const ofAdditions = [
    ...refused('install_config_overrides', () => checkOverrides(draft.texts.install_config_overrides)),
    ...manifestProblems(draft),
  ];
  const found = refused('control_plane_count', () => newCluster({ params, release, owner, id: '', now: new Date(0) }));
  const ofCluster = found
    .flatMap(([field, reasons]) =>
      reasons.split('\n').map((reason): Found[number] => [fieldOfReason(reason, []) ?? field, reason]),
    )
    .filter(([field]) => field !== 'pull_secret');
  return [...ofCluster, ...ofAdditions];
};

/**
 * Everything that the service's own rules say against a draft, at the fields where somebody can mend it.
 *
 * @param keepsSecret whether there is a pull secret already, which an empty one leaves
 */
export const problemsOf = (draft: Draft, keepsSecret: boolean): Problems => {
  const { texts } = draft;
  const settings = settingsOf(draft);
  const networks = networkProblems(draft, settings);
  const all: Found = [
    ...required('openshift_version', texts.openshift_version, 'choose the release whose ISO it is'),
    ...(texts.name.trim() === '' ? required('name', texts.name, 'an ISO needs a name') : clusterProblems(draft)),
    ...accessProblems(draft, keepsSecret),
    ...changed('ssh_authorized_key', 'ssh_authorized_key', settings.ssh_authorized_key),
    ...networks,
    ...rendezvousProblems(settings),
    ...changed(
      'network_discovery_delay_seconds',
      'network_discovery_delay_seconds',
      settings.network_discovery_delay_seconds,
    ),
    ...proxyProblems(settings),
    ...timeProblems(settings),
    ...changed('additional_trust_bundle', 'additional_trust_bundle', settings.additional_trust_bundle),
    ...changed('kernel_arguments', 'kernel_arguments', settings.kernel_arguments),
    ...changed('ignition_config_override', 'ignition_config_override', settings.ignition_config_override),
  ];
  // The first of a field counts; of a host, all of them.
  const byField = new Map<Field, string>();
  for (const [field, reason] of all) {
    const before = byField.get(field);
    if (before === undefined) byField.set(field, reason);
    else if (field.startsWith('host ')) byField.set(field, `${before}\n${reason}`);
  }
  return byField;
};
