import type { HostFile } from '../host/host-file.ts';
import { writeManifest } from '../ignition/manifest-yaml.ts';
import { toHostText } from './site-files.ts';
import type { SiteHost } from './site-host.ts';

const readable = 0o644;

/** What the site calls a host, as openshift-install does: by its name, else by its place among all. */
export const siteName = ({ hostname }: Pick<SiteHost, 'hostname'>, place: number): string =>
  hostname ?? `host-${place}`;

const ofHost = (host: SiteHost, place: number): readonly HostFile[] => {
  const folder = `/etc/assisted/hostconfig/${siteName(host, place)}`;
  const { role, hints, hostname, macAddresses } = host;
  const [first] = macAddresses;
  return [
    toHostText(`${folder}/mac_addresses`, macAddresses.map((mac) => `${mac}\n`).join(''), readable),
    ...(role === undefined || role === 'auto-assign' ? [] : [toHostText(`${folder}/role`, role, readable)]),
    ...(Object.keys(hints).length === 0
      ? []
      : [toHostText(`${folder}/root-device-hints.yaml`, writeManifest(hints), readable)]),
    // A host knows itself by any of its addresses; openshift-install takes the first.
    ...(hostname === undefined || first === undefined
      ? []
      : [toHostText(`/etc/assisted/hostnames/${first}`, hostname)]),
  ];
};

/** What each host becomes: its MAC addresses, role and disk for the rendezvous host, its name for itself. */
export const hostConfigFiles = (hosts: readonly SiteHost[]): readonly HostFile[] => hosts.flatMap(ofHost);
