import { failure, isFailure, ServiceError } from '#domain/errors.ts';
import { refusedOverride } from '#domain/infra-env/ignition-override.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { SettingsFaults, SettingsToJudge } from '#domain/infra-env/infra-env-ports.ts';
import { isPlaceholder } from '#domain/infra-env/placeholder.ts';
import { shortened } from '#domain/infra-env/static-network.ts';
import { throwAll } from '#domain/multierror.ts';
import { errorFields } from '#runtime/logging.ts';
import type { Dependencies } from './api-dependencies.ts';
import { storingMs } from './time-left.ts';

interface Check {
  /** The infra-env whose settings were judged when it was stored. */
  readonly before?: InfraEnv | undefined;
  readonly after: InfraEnv;
  readonly remainingMs: () => number;
}

export type SettingsCheck = (check: Check) => Promise<void>;

type Judges = Pick<Dependencies, 'judgeSettings' | 'logger'>;

/** A warm judgement takes a fraction of a second, the first one after a while the start of a container besides. */
const longestMs = 20_000;

/** By the number of the host; without those of which the user has still something to say. */
const documentsOf = (infraEnv: InfraEnv | undefined): readonly (readonly [host: number, document: string])[] =>
  [...(infraEnv?.settings.static_network_config ?? []).entries()]
    .filter(([, network]) => !isPlaceholder(network))
    .map(([host, { network_yaml }]) => [host, network_yaml]);

const overridesOf = (infraEnv: InfraEnv | undefined): readonly string[] => {
  const override = infraEnv?.settings.ignition_config_override;
  return override === undefined ? [] : [override];
};

const namesOf = ({ networks, override }: SettingsToJudge): string =>
  [
    ...(networks.length === 0 ? [] : ['static_network_config']),
    ...(override === undefined ? [] : ['ignition_config_override']),
  ].join(' and ');

/** Has the settings judged in one call. @throws SettingsCheckUnavailable, NetworkProgramMissing */
const judge = async (
  { judgeSettings, logger }: Judges,
  settings: SettingsToJudge,
  timeoutMs: number,
): Promise<SettingsFaults> => {
  try {
    return await judgeSettings(settings, timeoutMs);
  } catch (error) {
    if (error instanceof ServiceError && !isFailure(error, 'InternalError')) throw error;
    logger.error('the settings were not judged', errorFields(error));
    throw failure('SettingsCheckUnavailable', { settings: namesOf(settings) });
  }
};

/**
 * Has nmstate judge the networks and Ignition the override that an infra-env did not have before. Made for one request:
 * what was found good is not judged again when the request has to try its write again.
 *
 * @throws InvalidInput with their reasons, for networks with the hosts' numbers, in the texts of the assisted-service API;
 *   NetworkProgramMissing, SettingsCheckUnavailable
 */
export const settingsCheck = (judges: Judges): SettingsCheck => {
  const good = new Set<string>();

  return async ({ before, after, remainingMs }) => {
    const judged = documentsOf(before).map(([, document]) => document);
    for (const text of [...judged, ...overridesOf(before)]) good.add(text);
    const hosts = documentsOf(after).filter(([, document]) => !good.has(document));
    const [override] = overridesOf(after).filter((text) => !good.has(text));
    if (hosts.length === 0 && override === undefined) return;
    const networks = hosts.map(([, document]) => document);
    const faults = await judge(judges, { networks, override }, Math.min(longestMs, remainingMs() - storingMs));
    if (faults.override !== undefined) throw refusedOverride('config is not valid', faults.override);
    const reasons = faults.networks.map(
      ({ host, reason }) => `failed to validate network yaml for host ${hosts[host]?.[0]}, ${reason}`,
    );
    throwAll(shortened(reasons));
    for (const text of [...networks, ...overridesOf(after)]) good.add(text);
  };
};
