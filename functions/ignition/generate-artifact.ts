import { failure, invalid, ServiceError } from '#domain/errors.ts';
import type { EventName } from '#domain/event.ts';
import { newRedaction, type Redaction } from '#domain/ignition/redaction.ts';
import { artifactKey } from '#domain/infra-env/artifact.ts';
import { missingSettings, withoutPlaceholders } from '#domain/infra-env/complete-settings.ts';
import { doubtfulSettings } from '#domain/infra-env/doubtful-settings.ts';
import { type InfraEnv, secretOf } from '#domain/infra-env/infra-env.ts';
import type { Invocation } from '#runtime/function-handler.ts';
import { nameOf, recordRevision } from '#runtime/recording.ts';
import { unavailability } from '#runtime/unavailable.ts';
import type { Generation, Preparation } from './generation.ts';
import type { Dependencies } from './ignition-dependencies.ts';
import type { IgnitionAnswer, IgnitionRequest } from './ignition-request.ts';
import { recipes } from './recipes.ts';

// A secret that is gone was replaced, or deleted with its infra-env, since the infra-env was read.
const answerWithoutSecret = async ({ infraEnvs }: Dependencies, { infraEnv }: Generation): Promise<IgnitionAnswer> => {
  const now = await infraEnvs.get(infraEnv.id);
  if (now === undefined) throw failure('NotFound');
  if (now.revision === infraEnv.revision) throw new Error('the pull secret of the infra-env is not stored');
  return { superseded: true };
};

/** Clients fill in step by step: what a download is still without, or may be mistaken in, is said and never refused. */
const recordConcerns = async (
  dependencies: Dependencies,
  { infraEnv, stored }: Generation,
  doubtsOfSite: readonly string[],
): Promise<void> => {
  const missing = missingSettings(stored.settings);
  const doubts = [...doubtfulSettings(stored.settings, dependencies.clock()), ...doubtsOfSite];
  const record = (name: EventName, properties: Record<string, string>) =>
    recordRevision(dependencies, name, { infraEnv, properties });
  if (missing.length > 0) await record('ignition_incomplete', { missing: missing.join('; ') });
  if (doubts.length > 0) await record('ignition_doubtful', { doubts: doubts.join('; ') });
};

const build = async (
  dependencies: Dependencies,
  generation: Generation,
  { make, announcement, doubts = async () => [] }: Preparation,
): Promise<IgnitionAnswer> => {
  const { infraEnv, file } = generation;
  const key = artifactKey(infraEnv, file);
  const bytes = await make();
  if (bytes === undefined) return answerWithoutSecret(dependencies, generation);
  // The first writer's bytes stand, and the event is the first writer's: what a loser has made is dropped.
  const isFirst = await dependencies.artifacts.writeOnce(key, bytes);
  // An infra-env that was deleted meanwhile had nothing yet that its deletion could have removed. The first writer may have died.
  if ((await dependencies.infraEnvs.get(infraEnv.id)) === undefined) {
    await Promise.all([dependencies.artifacts.remove(key), dependencies.credentials.remove(secretOf(infraEnv))]);
    return { superseded: true };
  }
  if (isFirst && announcement !== undefined) {
    const { name, properties } = announcement;
    await recordRevision(dependencies, name, { infraEnv, properties });
    await recordConcerns(dependencies, generation, await doubts());
  }
  return { key, superseded: false };
};

const generate = async (dependencies: Dependencies, generation: Generation): Promise<IgnitionAnswer> => {
  const { infraEnv, file } = generation;
  const { types, prepare } = recipes[file];
  if (!types.includes(infraEnv.type)) throw invalid(`an infra-env of type ${infraEnv.type} has no ${file}`);
  const key = artifactKey(infraEnv, file);
  const [preparation, existing] = await Promise.all([
    prepare(dependencies, generation),
    dependencies.artifacts.find(key),
  ]);
  return existing === undefined ? build(dependencies, generation, preparation) : { key, superseded: false };
};

/** Longest reason in a log line, in characters. */
const reasonLength = 500;

interface Failed {
  readonly error: unknown;
  readonly infraEnv: InfraEnv;
  readonly redaction: Redaction;
}

/** The failure that may leave this function: named in the table of errors, and without a secret. */
const outwardFailure = ({ logger }: Dependencies, { error, infraEnv, redaction }: Failed): ServiceError => {
  if (error instanceof ServiceError) return new ServiceError(error.name, redaction.redact(error.message));
  const reason = error instanceof Error ? redaction.redact(error.message).slice(0, reasonLength) : 'not an error';
  logger.error('unexpected failure of an artifact', { infraEnvId: infraEnv.id, error: nameOf(error), reason });
  return unavailability(error) ?? failure('InternalError');
};

/**
 * Makes one artifact of one revision of an infra-env, unless it is there. Run twice or at the same time, the first to store
 * its bytes wins and all give the same key; run late, for a revision that is no longer current, it does nothing.
 *
 * @throws ServiceError, and nothing else; what keeps an ignition from being made, but for NotFound, is recorded in an event
 */
export const generateArtifact =
  (dependencies: Dependencies) =>
  async ({ infra_env_id, revision, file }: IgnitionRequest, { remainingMs }: Invocation): Promise<IgnitionAnswer> => {
    const stored = await dependencies.infraEnvs.get(infra_env_id);
    if (stored === undefined) throw failure('NotFound');
    if (stored.revision !== revision) return { superseded: true };
    const infraEnv = { ...stored, settings: withoutPlaceholders(stored.settings) };
    const redaction = newRedaction();
    try {
      return await generate(dependencies, { infraEnv, stored, file, redaction, remainingMs });
    } catch (error) {
      const outward = outwardFailure(dependencies, { error, infraEnv, redaction });
      if (recipes[file].recordsFailures) {
        const properties = { error: outward.message };
        await recordRevision(dependencies, 'ignition_generation_failed', { infraEnv, properties });
      }
      throw outward;
    }
  };
