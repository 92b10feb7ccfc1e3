import { checkRoom, ignitionBytes } from '#domain/ignition/check.ts';
import type { Ignition } from '#domain/ignition/ignition.ts';
import { refusedOverride } from '#domain/infra-env/ignition-override.ts';
import type { Generation } from './generation.ts';
import type { Dependencies } from './ignition-dependencies.ts';

/** Milliseconds that are left for storing and answering. */
const reserveMs = 2_000;

/**
 * What Ignition says against it, from a process of its own; meanwhile it is packed here, which shows whether it has room. That it
 * has none comes before whatever Ignition says, or fails to say.
 */
const faultsOf = async (
  { ignitionValidator }: Dependencies,
  { remainingMs }: Generation,
  { ignition, bytes }: { readonly ignition: Ignition; readonly bytes: Buffer },
): Promise<string | undefined> => {
  const judgement = ignitionValidator.faultsOf(bytes.toString('utf8'), remainingMs() - reserveMs);
  const [room] = await Promise.allSettled([(async () => checkRoom(ignition, bytes))(), judgement]);
  if (room.status === 'rejected') throw room.reason;
  return judgement;
};

/**
 * The bytes of a finished ignition, once Ignition itself has taken them: what it refuses is never stored, since no host
 * would boot with it. Without an override that is nobody's fault but ours, or the binary's.
 *
 * @throws InvalidInput when the override does not go with the rest; IgnitionTooLarge; SettingsCheckUnavailable; Error
 */
export const judgedIgnition = async (
  dependencies: Dependencies,
  generation: Generation,
  ignition: Ignition,
): Promise<Buffer> => {
  const { infraEnv } = generation;
  const bytes = ignitionBytes(ignition);
  const fault = await faultsOf(dependencies, generation, { ignition, bytes });
  if (fault === undefined) return bytes;
  dependencies.logger.error('Ignition refuses a finished ignition', { infraEnvId: infraEnv.id, fault });
  if (infraEnv.settings.ignition_config_override === undefined) throw new Error('Ignition refuses what was made');
  throw refusedOverride('config is not valid beside the rest of the ignition', fault);
};
