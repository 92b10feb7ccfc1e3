import type { InfraEnvSettings } from './infra-env-settings.ts';

/**
 * How long a host waits for network cards that are slow to show up, before it looks whose static network is its own
 * (seconds); undefined where nothing waits: without a delay, and without a static network.
 */
export const discoveryDelay = ({
  static_network_config: hosts = [],
  network_discovery_delay_seconds: seconds = 0,
}: InfraEnvSettings): number | undefined => (hosts.length > 0 && seconds > 0 ? seconds : undefined);
