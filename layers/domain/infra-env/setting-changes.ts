import { invalid, isFailure } from '../errors.ts';
import { checkNtpSources } from '../values/ntp.ts';
import { checkProxy } from '../values/proxy.ts';
import { checkSshKeys } from '../values/ssh-key.ts';
import { checkTrustBundle } from '../values/trust-bundle.ts';
import { checkIgnitionOverride } from './ignition-override.ts';
import type { ImageType } from './image-type.ts';
import type { InfraEnvSettings, InfraEnvUpdateParams } from './infra-env-settings.ts';
import { checkKernelArguments } from './kernel-arguments.ts';
import { checkRendezvousIp } from './rendezvous-ip.ts';
import { checkStaticNetwork, type HostNetwork } from './static-network.ts';

/**
 * What a request does to one setting: absent keeps it, an empty value clears it, any other is checked and replaces it.
 * A registration is a change of no settings. @throws InvalidInput
 */
export type SettingChange = (settings: InfraEnvSettings, params: InfraEnvUpdateParams) => InfraEnvSettings;

type Key = keyof InfraEnvSettings;
type TextKey =
  | 'ssh_authorized_key'
  | 'additional_ntp_sources'
  | 'ntp_sources'
  | 'additional_trust_bundle'
  | 'ignition_config_override'
  | 'rendezvous_ip';

const without = (settings: InfraEnvSettings, key: Key): InfraEnvSettings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => name !== key));

const same = (text: string): string => text;

const textChange =
  (key: TextKey, check: (text: string) => string): SettingChange =>
  (settings, params) => {
    const given = params[key] ?? undefined;
    if (given === undefined) return settings;
    return given === '' ? without(settings, key) : { ...settings, [key]: check(given) };
  };

export const changeSshKey = textChange('ssh_authorized_key', checkSshKeys);

/** On registration the assisted-service API gives no details. */
export const registerSshKey: SettingChange = (settings, params) => {
  try {
    return changeSshKey(settings, params);
  } catch (error) {
    throw isFailure(error, 'InvalidInput') ? invalid('SSH key is not valid') : error;
  }
};

export const changeTrustBundle = textChange('additional_trust_bundle', checkTrustBundle);

export const changeOverride = textChange('ignition_config_override', (text) => {
  checkIgnitionOverride(text);
  return text;
});

const changeAdditionalNtp = textChange('additional_ntp_sources', same);
const changeOnlyNtp = textChange('ntp_sources', same);

/** The two exclude each other, whether they come from the request or were there before. */
export const changeNtpSources: SettingChange = (settings, params) => {
  const changed = changeOnlyNtp(changeAdditionalNtp(settings, params), params);
  checkNtpSources({
    additional: changed.additional_ntp_sources,
    only: changed.ntp_sources,
    additionalField: 'additional_ntp_sources',
  });
  return changed;
};

/** Each member on its own: absent keeps, empty clears. */
export const changeProxy: SettingChange = (settings, { proxy }) => {
  if (!proxy) return settings;
  checkProxy(proxy);
  const given = Object.entries(proxy).filter(([, value]) => value !== null && value !== undefined);
  const members = Object.entries({ ...settings.proxy, ...Object.fromEntries(given) }).filter(
    ([, value]) => value !== '',
  );
  return members.length === 0 ? without(settings, 'proxy') : { ...settings, proxy: Object.fromEntries(members) };
};

export const changeKernelArguments: SettingChange = (settings, { kernel_arguments }) => {
  if (!kernel_arguments) return settings;
  checkKernelArguments(kernel_arguments);
  return kernel_arguments.length === 0 ? without(settings, 'kernel_arguments') : { ...settings, kernel_arguments };
};

type Host = NonNullable<InfraEnvSettings['static_network_config']>[number];
type GivenHost = NonNullable<InfraEnvUpdateParams['static_network_config']>[number];

const toHost = ({ network_yaml, mac_interface_map }: GivenHost): Host => ({
  network_yaml: network_yaml ?? '',
  mac_interface_map: (mac_interface_map ?? []).map(({ mac_address, logical_nic_name }) => ({
    mac_address,
    logical_nic_name: logical_nic_name ?? '',
  })),
});

export const changeStaticNetwork: SettingChange = (settings, { static_network_config }) => {
  if (!static_network_config) return settings;
  const hosts = static_network_config.map(toHost);
  checkStaticNetwork(hosts);
  return hosts.length === 0
    ? without(settings, 'static_network_config')
    : { ...settings, static_network_config: hosts };
};

export const changeDiscoveryDelay: SettingChange = (settings, { network_discovery_delay_seconds: delay }) =>
  delay === undefined || delay === null ? settings : { ...settings, network_discovery_delay_seconds: delay };

const changeAddress = textChange('rendezvous_ip', same);

/**
 * Another image type than disconnected-iso has none, so a change to it clears the stored one. To be applied after the static
 * network, which the address has to agree with.
 */
export const changeRendezvousIp =
  (type: ImageType): SettingChange =>
  (settings, params) => {
    const isKept = params.rendezvous_ip || type === 'disconnected-iso';
    const changed = changeAddress(isKept ? settings : without(settings, 'rendezvous_ip'), params);
    const { rendezvous_ip: rendezvousIp, static_network_config } = changed;
    const hosts: readonly HostNetwork[] = static_network_config ?? [];
    if (rendezvousIp !== undefined) checkRendezvousIp({ rendezvousIp, type, hosts });
    return changed;
  };

/** Applies changes in the order in which their refusals take precedence. */
export const applyChanges = (
  changes: readonly SettingChange[],
  { settings, params }: { settings: InfraEnvSettings; params: InfraEnvUpdateParams },
): InfraEnvSettings => changes.reduce((changed, change) => change(changed, params), settings);
