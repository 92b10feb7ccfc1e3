import { type EventName, newEvent } from '#domain/event.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { Dependencies } from './dependencies.ts';

export const recordBase = ({ id: infraEnvId, revision, expiresAt }: InfraEnv) => ({ infraEnvId, revision, expiresAt });

type Reporting = Pick<Dependencies, 'records' | 'events' | 'clock' | 'newId'>;

export const markReady = ({ records }: Reporting, infraEnv: InfraEnv, key: string): Promise<void> =>
  records.put({ ...recordBase(infraEnv), state: 'ready', key });

const record = (
  { events, newId, clock }: Reporting,
  name: EventName,
  { infraEnv, properties }: { infraEnv: InfraEnv; properties: Readonly<Record<string, string>> },
): Promise<void> => {
  const { id: infraEnvId, clusterId, revision } = infraEnv;
  return events.add(
    newEvent(name, { id: newId(), now: clock(), infraEnvId, clusterId, properties: { revision, ...properties } }),
  );
};

export const recordComposed = (dependencies: Reporting, infraEnv: InfraEnv): Promise<void> =>
  record(dependencies, 'iso_composed', {
    infraEnv,
    properties: { openshift_version: infraEnv.openshiftVersion ?? '' },
  });

/** Marks the ISO as failed, with the reason, and tells it in an event. */
export const recordFailed = async (dependencies: Reporting, infraEnv: InfraEnv, reason: string): Promise<void> => {
  const failedAt = dependencies.clock().toISOString();
  await dependencies.records.put({ ...recordBase(infraEnv), state: 'failed', reason, failedAt });
  await record(dependencies, 'iso_composition_failed', { infraEnv, properties: { error: reason } });
};
