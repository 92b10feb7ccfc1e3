import type { IsoParts, IsoRecords, MediaAttempts } from '#domain/composition/composition-ports.ts';
import type { ComposingIso, IsoRecord, ReadyIso } from '#domain/composition/iso-record.ts';
import { latestRun } from '#domain/composition/latest-run.ts';
import { failure } from '#domain/errors.ts';
import type { ArtifactFinder, Links, PresignedLink } from '#domain/infra-env/artifact-ports.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { MediaRun, MediaWorkflow } from '#domain/infra-env/workflow-ports.ts';
import type { Clock } from '#domain/ports.ts';
import type { Postponement } from '#domain/quota.ts';
import type { Releases } from '#domain/release/release-ports.ts';

export interface ComposedIsoDependencies {
  readonly releases: Pick<Releases, 'get'>;
  readonly isoRecords: Pick<IsoRecords, 'get'>;
  readonly isoParts: IsoParts;
  readonly artifacts: ArtifactFinder;
  readonly links: Links;
  readonly media: MediaWorkflow;
  readonly mediaAttempts: MediaAttempts;
  /** How many each user may begin now; 0 for any number. */
  readonly compositionsPerHour: number;
  readonly clock: Clock;
}

/** A composition takes a few minutes; one that began so long ago has died. */
const longestCompositionMs = 50 * 60_000;

/** So long a failure is answered before the same is tried again, so that a client that polls does not start one a second. */
const failureMs = 60_000;

type Method = 'GET' | 'HEAD';

/** @throws BaseIsoMissing, IsoPending, IsoFailed, CompositionPostponed */
export type LinkToIso = (infraEnv: InfraEnv, method: Method) => Promise<PresignedLink>;

/** The ISO of an infra-env: a link to it, or how far it is. Asking for one that is not there has it composed. */
export const composedIso = (dependencies: ComposedIsoDependencies): LinkToIso => {
  const { releases, isoRecords, isoParts, artifacts, links, media, mediaAttempts, compositionsPerHour, clock } =
    dependencies;

  const since = (moment: Date): number => clock().getTime() - moment.getTime();

  const checkBaseIso = async (infraEnv: InfraEnv): Promise<void> => {
    const { openshiftVersion: version = '' } = infraEnv;
    if ((await releases.get(version, infraEnv))?.baseIso === undefined) throw failure('BaseIsoMissing', { version });
  };

  /** One that is under way is waited for, and one that has failed a moment ago would fail again. */
  const mayFollow = ({ isRunning, failedAt }: MediaRun): boolean =>
    !isRunning && (failedAt === undefined || since(failedAt) >= failureMs);

  // Each attempt is named by the one before it that has ended, never by the clock: however many ask, one execution runs.
  const start = async (infraEnv: InfraEnv): Promise<never> => {
    const { id: infraEnvId, revision } = infraEnv;
    const { attempt, run } = await latestRun(dependencies, infraEnv);
    if (run === undefined) await media.prepareMedia({ infraEnvId, revision, attempt });
    else if (mayFollow(run)) {
      await mediaAttempts.put(infraEnv, attempt + 1);
      await media.prepareMedia({ infraEnvId, revision, attempt: attempt + 1 });
    }
    throw failure('IsoPending', {});
  };

  const linkTo = async ({ key }: ReadyIso | ComposingIso, infraEnv: InfraEnv, method: Method) => {
    const found = await artifacts.find(key);
    return found === undefined
      ? start(infraEnv)
      : links.presign(key, `agent-ove.${infraEnv.cpuArchitecture}.iso`, method);
  };

  // An upload that is gone was completed, and the ISO is there; or it was given up.
  const tellProgress = async (record: ComposingIso, infraEnv: InfraEnv, method: Method) => {
    const parts = await isoParts.list(record);
    if (parts === undefined) return linkTo(record, infraEnv, method);
    throw failure('IsoPending', { done: parts.length, parts: record.parts });
  };

  /** An operator may have let each user have more since it was postponed. */
  const isRaised = ({ limit }: Postponement): boolean => compositionsPerHour === 0 || compositionsPerHour > limit;

  const checkIsDue = (postponement: Postponement): void => {
    if (isRaised(postponement)) return;
    const retryAfterSeconds = Math.ceil(-since(new Date(postponement.until)) / 1000);
    if (retryAfterSeconds > 0) throw failure('CompositionPostponed', { ...postponement, retryAfterSeconds });
  };

  const isUnderWay = (record: IsoRecord): record is ComposingIso =>
    record.state === 'composing' && since(new Date(record.startedAt)) < longestCompositionMs;

  return async (infraEnv, method) => {
    const [record] = await Promise.all([isoRecords.get(infraEnv.id), checkBaseIso(infraEnv)]);
    if (record?.revision !== infraEnv.revision) return start(infraEnv);
    if (record.state === 'ready') return linkTo(record, infraEnv, method);
    if (isUnderWay(record)) return tellProgress(record, infraEnv, method);
    if (record.state === 'postponed') checkIsDue(record);
    if (record.state === 'failed' && since(new Date(record.failedAt)) < failureMs) throw failure('IsoFailed', record);
    return start(infraEnv);
  };
};
