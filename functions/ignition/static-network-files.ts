import { failure } from '#domain/errors.ts';
import type { Keyfile } from '#domain/ignition/ignition-ports.ts';
import {
  keyfileNetwork,
  networkFormOf,
  nmstateNetwork,
  type StaticNetwork,
} from '#domain/ignition/standard/network-files.ts';
import type { HostNetwork } from '#domain/infra-env/static-network.ts';
import type { Generation } from './generation.ts';
import type { Dependencies } from './ignition-dependencies.ts';

/** Milliseconds that are left for storing and answering. */
const reserveMs = 2_000;

type Hosts = readonly HostNetwork[];

// One after the other: each run keeps one CPU busy, of which the function has fewer than two, and few hosts are the rule.
const keyfilesOf = async (
  { networkProgram }: Dependencies,
  { hosts, remainingMs }: { readonly hosts: Hosts; readonly remainingMs: () => number },
): Promise<readonly (readonly Keyfile[])[]> => {
  const keyfiles: (readonly Keyfile[])[] = [];
  for (const [host, { network_yaml: document }] of hosts.entries()) {
    const configuration = await networkProgram.generate({ document, timeoutMs: remainingMs() - reserveMs });
    if (configuration.keyfiles === undefined) {
      throw failure('InvalidInput', { reason: `static_network_config: host ${host}: ${configuration.reason}` });
    }
    keyfiles.push(configuration.keyfiles);
  }
  return keyfiles;
};

/**
 * The static network of an infra-env's hosts in the form that they can read; undefined where there is none.
 *
 * @throws InvalidInput with host and reason, NetworkProgramMissing, SettingsCheckUnavailable
 */
export const loadStaticNetwork = async (
  dependencies: Dependencies,
  { infraEnv: { openshiftVersion, settings }, remainingMs }: Generation,
): Promise<StaticNetwork | undefined> => {
  const hosts: Hosts = settings.static_network_config ?? [];
  if (hosts.length === 0) return undefined;
  if (networkFormOf(openshiftVersion) === 'nmstate') return nmstateNetwork(hosts);
  return keyfileNetwork(hosts, await keyfilesOf(dependencies, { hosts, remainingMs }));
};
