import { failure } from '#domain/errors.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { Postponement } from '#domain/quota.ts';
import { recordRevision } from '#runtime/recording.ts';
import type { Dependencies } from './iso-dependencies.ts';

export const recordBase = ({ id: infraEnvId, revision, expiresAt }: InfraEnv) => ({ infraEnvId, revision, expiresAt });

type Reporting = Pick<Dependencies, 'records' | 'events' | 'clock' | 'newId' | 'logger'>;

export const markReady = ({ records }: Reporting, infraEnv: InfraEnv, key: string): Promise<void> =>
  records.put({ ...recordBase(infraEnv), state: 'ready', key });

export const recordComposed = (dependencies: Reporting, infraEnv: InfraEnv): Promise<void> =>
  recordRevision(dependencies, 'iso_composed', {
    infraEnv,
    properties: { openshift_version: infraEnv.openshiftVersion ?? '' },
  });

/** Marks the ISO as postponed, and records that in an event. Twice: the record is the same, the event comes twice. */
export const postpone = async (
  dependencies: Reporting,
  infraEnv: InfraEnv,
  postponement: Postponement,
): Promise<void> => {
  await dependencies.records.put({ ...recordBase(infraEnv), state: 'postponed', ...postponement });
  const { message: reason } = failure('CompositionPostponed', postponement);
  await recordRevision(dependencies, 'iso_composition_postponed', { infraEnv, properties: { reason } });
};

/** Marks the ISO as failed, with the reason, and records that in an event. */
export const recordFailed = async (dependencies: Reporting, infraEnv: InfraEnv, reason: string): Promise<void> => {
  const failedAt = dependencies.clock().toISOString();
  await dependencies.records.put({ ...recordBase(infraEnv), state: 'failed', reason, failedAt });
  await recordRevision(dependencies, 'iso_composition_failed', { infraEnv, properties: { error: reason } });
};
