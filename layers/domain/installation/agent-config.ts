import { timeSpec } from '../host/time-sources.ts';
import { writeManifest } from '../ignition/manifest-yaml.ts';
import { networkDocument } from '../infra-env/network-yaml.ts';
import { withRoles } from './roles.ts';
import { hostCounts, type Site } from './site.ts';
import type { SiteHost } from './site-host.ts';
import { siteRendezvous } from './site-rendezvous.ts';

/** Names by which the host's network calls its cards; cards that it does not mention have names of their own. */
const interfaces = ({ macAddresses, network }: SiteHost) => {
  const names = new Map(
    (network?.mac_interface_map ?? []).map((entry) => [entry.mac_address.toLowerCase(), entry.logical_nic_name]),
  );
  return macAddresses.map((macAddress, index) => ({
    name: names.get(macAddress) || `found-by-mac-${index}`,
    macAddress,
  }));
};

const isNamed = ({ role }: SiteHost): boolean => role !== undefined && role !== 'auto-assign';

const hostEntry = (host: SiteHost) => ({
  ...(host.hostname === undefined ? {} : { hostname: host.hostname }),
  ...(isNamed(host) ? { role: host.role } : {}),
  interfaces: interfaces(host),
  ...(Object.keys(host.hints).length === 0 ? {} : { rootDeviceHints: host.hints }),
  ...(host.network === undefined ? {} : { networkConfig: networkDocument(host.network) }),
});

/** agent-config.yaml as `agent create config-image` reads it. Whatever can be left open is; each host has a role. */
export const agentConfigInput = (site: Site): string => {
  const { cluster, infraEnv, hosts } = site;
  const rendezvous = siteRendezvous(site);
  return writeManifest({
    apiVersion: 'v1beta1',
    kind: 'AgentConfig',
    metadata: { name: cluster.name },
    ...(rendezvous === undefined ? {} : { rendezvousIP: String(rendezvous) }),
    ...timeSpec(infraEnv.settings),
    hosts: withRoles(hosts, { counts: hostCounts(site), rendezvous }).map(hostEntry),
  });
};
