import { type EventName, newEvent } from '#domain/event.ts';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import type { Clock, Events, Logger, NewId } from '#domain/ports.ts';

export interface Recorder {
  readonly events: Pick<Events, 'add'>;
  readonly newId: NewId;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Properties = Readonly<Record<string, string | number>>;

/** What an event is about. */
export interface EventSubject {
  readonly clusterId?: string | undefined;
  readonly infraEnvId?: string | undefined;
  readonly requestId?: string | undefined;
  /** For the placeholders of its text; nothing secret. */
  readonly properties?: Properties;
  /** It comes after another one of the same moment: events are ordered by their milliseconds. */
  readonly isSecond?: true;
}

/** What a line of the log says of an error whose message may hold a secret. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/**
 * Writes an event about what has happened. That stands without its event: a failed write of it is logged, and changes
 * nothing for the caller.
 */
export const recordEvent = async (
  { events, newId, clock, logger }: Recorder,
  name: EventName,
  { isSecond, ...subject }: EventSubject,
): Promise<void> => {
  const now = new Date(clock().getTime() + (isSecond ? 1 : 0));
  try {
    await events.add(newEvent(name, { id: newId(), now, ...subject }));
  } catch (error) {
    const { clusterId, infraEnvId } = subject;
    logger.warn('cannot record an event', { event: name, clusterId, infraEnvId, error: nameOf(error) });
  }
};

/** The same about the present revision of an infra-env. */
export const recordRevision = (
  recorder: Recorder,
  name: EventName,
  { infraEnv, properties }: { readonly infraEnv: InfraEnv; readonly properties: Properties },
): Promise<void> => {
  const { id: infraEnvId, clusterId, revision } = infraEnv;
  return recordEvent(recorder, name, { infraEnvId, clusterId, properties: { revision, ...properties } });
};
