import { type EventName, newEvent } from '#domain/event.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { Clock, Events, Logger, NewId } from '#domain/ports.ts';

interface Recorder {
  readonly events: Pick<Events, 'add'>;
  readonly newId: NewId;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Told {
  readonly infraEnv: InfraEnv;
  /** Besides its revision. */
  readonly properties: Readonly<Record<string, string | number>>;
}

/** What a line of the log says of an error whose message may hold a secret. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/**
 * Tells in an event what became of a revision of an infra-env. The outcome stands without its event: a failed write of it
 * is logged, and changes nothing for the caller.
 */
export const recordEvent = async (
  { events, newId, clock, logger }: Recorder,
  name: EventName,
  { infraEnv, properties }: Told,
): Promise<void> => {
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
