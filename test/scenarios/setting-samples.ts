import type { AskedSettings, SettingKey, StoredSettings } from '#domain/infra-env/setting-table.ts';
import { hostNetwork } from '#test/domain/infra-env/host-network.ts';
import { certificate } from '#test/domain/values/certificate.ts';
import { ed25519Key } from '#test/domain/values/openssh-key.ts';
import type { Landing } from './landing.ts';
import * as disconnected from './landings.ts';
import { delayLandings, networkLandings, rendezvousLandings } from './network-landings.ts';
import * as standard from './standard-landings.ts';

/** What the tests need to know of a setting; all of them take it from here. */
interface Sample<Asked, Stored> {
  /** An accepted value, which is kept as it is. */
  readonly value: Stored;
  /** Another one. */
  readonly other: Asked;
  readonly cleared: Asked;
  /** What is seen of it in the ignition of a disconnected ISO; none where it is not in there. */
  readonly landings: readonly Landing[];
  readonly standardLandings: (type: standard.StandardType) => readonly Landing[];
}

const none = () => [];

const samples = {
  ssh_authorized_key: {
    value: ed25519Key(),
    other: ed25519Key(),
    cleared: '',
    landings: [disconnected.sshKey],
    standardLandings: () => [standard.sshKey],
  },
  proxy: {
    value: { http_proxy: 'http://proxy:3128', https_proxy: 'http://proxy:3128', no_proxy: '.example.com' },
    other: { no_proxy: '.example.org' },
    cleared: { http_proxy: '', https_proxy: '', no_proxy: '' },
    landings: disconnected.proxies,
    standardLandings: () => standard.proxies,
  },
  additional_ntp_sources: {
    value: 'time.example.com',
    other: '10.0.0.1',
    cleared: '',
    landings: [disconnected.additionalSources],
    standardLandings: () => [standard.additionalSources],
  },
  ntp_sources: {
    value: 'time.example.com',
    other: '10.0.0.1',
    cleared: '',
    landings: [disconnected.onlySources],
    standardLandings: () => [standard.onlySources],
  },
  kernel_arguments: {
    value: [{ operation: 'append' as const, value: 'rd.debug' }],
    other: [{ operation: 'append' as const, value: 'quiet' }],
    cleared: [],
    landings: [],
    standardLandings: none,
  },
  additional_trust_bundle: {
    value: certificate,
    other: `${certificate}\n${certificate}`,
    cleared: '',
    landings: [disconnected.trustBundle],
    standardLandings: () => [standard.trustBundle],
  },
  ignition_config_override: {
    value: '{"ignition":{"version":"3.2.0"}}',
    other: '{"ignition":{"version":"3.4.0"}}',
    cleared: '',
    landings: [disconnected.ignitionOverride],
    standardLandings: () => [standard.ignitionOverride],
  },
  static_network_config: {
    value: [hostNetwork('192.0.2.10', '02'), hostNetwork('192.0.2.9', '01')],
    other: [hostNetwork('192.0.2.9', '01'), hostNetwork('192.0.2.10', '02')],
    cleared: [],
    landings: networkLandings,
    standardLandings: (type: standard.StandardType) => [standard.network(type)],
  },
  network_discovery_delay_seconds: {
    value: 30,
    other: 31,
    cleared: 0,
    landings: delayLandings,
    // With the static network.
    standardLandings: none,
  },
  installation: {
    value: 'prefilled' as const,
    other: 'unattended' as const,
    cleared: 'interactive' as const,
    landings: [disconnected.prefilled],
    standardLandings: none,
  },
  hosts: {
    value: [
      { hostname: 'node-0', role: 'master' as const, mac_addresses: ['52:54:00:00:00:02'] },
      { hostname: 'node-1', mac_addresses: ['52:54:00:00:00:01'], root_device_hints: { deviceName: '/dev/sda' } },
    ],
    other: [{ hostname: 'node-0', mac_addresses: ['52:54:00:00:00:02'] }],
    cleared: [],
    landings: [disconnected.siteHosts],
    standardLandings: none,
  },
  allow_reinstall: {
    value: true,
    other: false,
    cleared: false,
    landings: [],
    standardLandings: none,
  },
  site_settings: {
    value: 'separate' as const,
    other: '' as const,
    cleared: '' as const,
    landings: [],
    standardLandings: none,
  },
  rendezvous_ip: {
    value: '192.0.2.9',
    other: '192.0.2.10',
    cleared: '',
    landings: rendezvousLandings,
    standardLandings: none,
  },
};

type Samples = typeof samples;

/** A setting without a sample does not compile here. */
export const settingSamples: {
  readonly [Key in SettingKey]: Sample<AskedSettings[Key], StoredSettings[Key]>;
} = samples;

type Every = { [Key in Exclude<SettingKey, 'ntp_sources'>]: Samples[Key]['value'] };

/** One accepted value of each setting of a disconnected ISO; `ntp_sources` would exclude another one. */
export const everySetting = Object.fromEntries(
  Object.entries(samples)
    .filter(([key]) => key !== 'ntp_sources')
    .map(([key, { value }]) => [key, value]),
) as Every;

const all = Object.values(settingSamples);

/** The table of docs/architecture.md, "Ignition", as far as it does not depend on the generation of the binary. */
export const landings: readonly Landing[] = all.flatMap((sample) => sample.landings);

/** The table of docs/architecture.md, "Full and minimal ISOs". */
export const standardLandings = (type: standard.StandardType): readonly Landing[] =>
  all.flatMap((sample) => sample.standardLandings(type));
