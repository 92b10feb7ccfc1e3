import type { CarriedUnit } from './host-file.ts';

interface DelaySettings {
  /** Of the hosts, one entry each. */
  readonly static_network_config?: readonly unknown[] | undefined;
  readonly network_discovery_delay_seconds?: number | undefined;
}

/** The unit that gives a host its static network; the binary's in a disconnected ignition, ours in the others. */
export const networkUnitName = 'pre-network-manager-config.service';

/**
 * How long a host waits for network cards that are slow to show up, before it looks whose static network is its own
 * (seconds); undefined where nothing waits: without a delay, and without a static network.
 */
export const discoveryDelay = ({
  static_network_config: hosts = [],
  network_discovery_delay_seconds: seconds = 0,
}: DelaySettings): number | undefined => (hosts.length > 0 && seconds > 0 ? seconds : undefined);

/** What makes the binary's unit wait, which itself knows no delay. */
export const delayUnits = (settings: DelaySettings): CarriedUnit[] => {
  const waitSeconds = discoveryDelay(settings);
  if (waitSeconds === undefined) return [];
  const contents = `[Service]\nExecStartPre=/usr/bin/sleep ${waitSeconds}\n`;
  return [{ name: networkUnitName, waitSeconds, dropins: [{ name: '10-discovery-delay.conf', contents }] }];
};
