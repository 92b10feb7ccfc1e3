import type { HostFile } from '../../host/host-file.ts';

const message = `
This machine was booted to be installed by OpenShift's assisted installer. What is on its disks may be overwritten.

  How the agent is doing:    sudo journalctl -u agent.service
  What the agent logs:       sudo journalctl TAG=agent

`;

// One address for one machine, in the live system and once it is installed: both identify themselves by the card.
const addresses = `[connection]
ipv6.dhcp-duid=ll
ipv6.dhcp-iaid=mac
`;

export const messageFiles: readonly HostFile[] = [{ path: '/etc/motd', mode: 0o644, text: message }];

export const addressFiles: readonly HostFile[] = [
  { path: '/etc/NetworkManager/conf.d/01-ipv6.conf', mode: 0o644, text: addresses },
];

/** What podman and the agent pull images with; for root alone. */
export const pullSecretFiles = (pullSecret: string): readonly HostFile[] => [
  { path: '/root/.docker/config.json', mode: 0o600, text: pullSecret },
];
