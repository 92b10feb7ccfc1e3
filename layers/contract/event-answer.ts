import * as z from 'zod';
import { type ServiceEvent, severities } from '#domain/event.ts';
import { dateTime } from './dates.ts';

/** An event as clients read it. */
export const eventAnswer = z
  .object({
    name: z.string(),
    cluster_id: z.guid().optional(),
    infra_env_id: z.guid().optional(),
    severity: z.enum(severities),
    message: z.string(),
    event_time: z.string().meta({ format: 'date-time' }),
  })
  .meta({ id: 'Event' });

export const toEventAnswer = (event: ServiceEvent): z.input<typeof eventAnswer> => ({
  name: event.name,
  cluster_id: event.clusterId,
  infra_env_id: event.infraEnvId,
  severity: event.severity,
  message: event.message,
  event_time: dateTime(event.eventTime),
});
