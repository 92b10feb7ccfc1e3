import { failure, ServiceError } from '#domain/errors.ts';
import { type EventName, newEvent } from '#domain/event.ts';
import type { Redaction } from '#domain/ignition/redaction.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { Dependencies } from './dependencies.ts';
import type { Announcement } from './generation.ts';

interface Report {
  readonly infraEnv: InfraEnv;
  readonly properties: Readonly<Record<string, string | number>>;
}

// The outcome stands without its event: a failed write of it is logged, and changes nothing for the caller.
const record = async (dependencies: Dependencies, name: EventName, { infraEnv, properties }: Report): Promise<void> => {
  const { events, newId, clock, logger } = dependencies;
  const { id: infraEnvId, clusterId, revision } = infraEnv;
  const event = newEvent(name, {
    id: newId(),
    now: clock(),
    infraEnvId,
    clusterId,
    properties: { revision, ...properties },
  });
  try {
    await events.add(event);
  } catch (error) {
    logger.warn('cannot record an event', { event: name, infraEnvId, error: nameOf(error) });
  }
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

export const recordMade = (
  dependencies: Dependencies,
  infraEnv: InfraEnv,
  { name, properties }: Announcement,
): Promise<void> => record(dependencies, name, { infraEnv, properties });

/** Longest reason in a log line, in characters. */
const reasonLength = 500;

interface Failed {
  readonly error: unknown;
  readonly infraEnv: InfraEnv;
  readonly redaction: Redaction;
}

/** The failure that may leave this function: named in the table of errors, and without a secret. */
export const outwardFailure = ({ logger }: Dependencies, { error, infraEnv, redaction }: Failed): ServiceError => {
  if (error instanceof ServiceError) return new ServiceError(error.name, redaction.redact(error.message));
  const reason = error instanceof Error ? redaction.redact(error.message).slice(0, reasonLength) : 'not an error';
  logger.error('unexpected failure of an artifact', { infraEnvId: infraEnv.id, error: nameOf(error), reason });
  return failure('InternalError');
};

/** Records why a generation failed. */
export const recordFailed = (dependencies: Dependencies, infraEnv: InfraEnv, outward: ServiceError): Promise<void> =>
  record(dependencies, 'ignition_generation_failed', { infraEnv, properties: { error: outward.message } });
