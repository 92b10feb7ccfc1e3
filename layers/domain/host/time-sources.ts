import type { CarriedFile } from './host-file.ts';
import { textResource } from './text-resource.ts';

/** Comma-separated lists. */
interface NtpSettings {
  readonly additional_ntp_sources?: string | undefined;
  readonly ntp_sources?: string | undefined;
}

const listed = (list: string | undefined): string[] => (list ? [...new Set(list.split(','))] : []);

/** Every NTP source of an infra-env, the additional ones or the only ones, each once, in the user's order. */
const ntpSourcesOf = ({ additional_ntp_sources, ntp_sources }: NtpSettings): string[] => [
  ...new Set([...listed(ntp_sources), ...listed(additional_ntp_sources)]),
];

const servers = (sources: readonly string[]): string[] => sources.map((source) => `server ${source} iburst`);

// CoreOS steps the clock in its first three updates only; a host whose sources answer late may be off by hours even then.
const step = 'makestep 1.0 -1';

/** Behind the image's own sources and those of DHCP; a later `makestep` counts. */
const additionalConfiguration = (sources: readonly string[]): string =>
  ['', '# Additional NTP sources of the infra-env', ...servers(sources), step, ''].join('\n');

/** Instead of the image's configuration: without its pool, and without `sourcedir /run/chrony-dhcp`. */
const onlyConfiguration = (sources: readonly string[]): string =>
  [
    '# The NTP sources of the infra-env and no others',
    ...servers(sources),
    step,
    'driftfile /var/lib/chrony/drift',
    'rtcsync',
    'logdir /var/log/chrony',
    '',
  ].join('\n');

const configuration = { path: '/etc/chrony.conf', user: { name: 'root' }, mode: 0o644 } as const;

/**
 * The configuration of chronyd, which CoreOS starts by itself. CoreOS's file includes no folder that an ignition could
 * write to (`/run/chrony-dhcp` is created again at every boot), hence the file itself is added to, or replaced.
 */
export const timeSourceFiles = ({ additional_ntp_sources, ntp_sources }: NtpSettings): CarriedFile[] => {
  const [only, additional] = [listed(ntp_sources), listed(additional_ntp_sources)];
  if (only.length > 0) return [{ ...configuration, overwrite: true, contents: textResource(onlyConfiguration(only)) }];
  if (additional.length === 0) return [];
  // Nothing about `overwrite`: an explicit false would keep a file that the ISO's own ignition overwrites from being made.
  return [{ ...configuration, append: [textResource(additionalConfiguration(additional))] }];
};

/**
 * In infraenv.yaml. The key for sources that exclude all others is unknown to older binaries, which refuse what they do not
 * know: the service on the rendezvous host, which configures the cluster, gets these as additional ones too.
 */
export const timeSpec = (settings: NtpSettings) => {
  const sources = ntpSourcesOf(settings);
  return sources.length === 0 ? {} : { additionalNTPSources: sources };
};
