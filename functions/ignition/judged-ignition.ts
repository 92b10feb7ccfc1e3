import { finishedIgnition } from '#domain/ignition/check.ts';
import type { Ignition } from '#domain/ignition/ignition.ts';
import { refusedOverride } from '#domain/infra-env/ignition-override.ts';
import type { Generation } from './generation.ts';
import type { Dependencies } from './ignition-dependencies.ts';

/** Milliseconds that are left for storing and answering. */
const reserveMs = 2_000;

/**
 * The bytes of a finished ignition, once Ignition itself has taken them: what it refuses is never stored, since no host
 * would boot with it. Without an override that is nobody's fault but ours, or the binary's.
 *
 * @throws InvalidInput when the override does not go with the rest; IgnitionTooLarge; SettingsCheckUnavailable; Error
 */
export const judgedIgnition = async (
  { ignitionValidator, logger }: Dependencies,
  { infraEnv, remainingMs }: Generation,
  ignition: Ignition,
): Promise<Buffer> => {
  const bytes = finishedIgnition(ignition);
  const fault = await ignitionValidator.faultsOf(bytes.toString('utf8'), remainingMs() - reserveMs);
  if (fault === undefined) return bytes;
  logger.error('Ignition refuses a finished ignition', { infraEnvId: infraEnv.id, fault });
  if (infraEnv.settings.ignition_config_override === undefined) throw new Error('Ignition refuses what was made');
  throw refusedOverride('config is not valid beside the rest of the ignition', fault);
};
