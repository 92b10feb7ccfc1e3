import * as z from 'zod';
import { severities } from '#domain/event.ts';
import { uuid } from '#domain/values/uuid.ts';
import { eventAnswer } from '../event-answer.ts';
import { flag, integer, list, none, type Route } from './route.ts';

const eventQuery = z.object({
  cluster_id: uuid.optional(),
  infra_env_id: uuid.optional().describe('without cluster_id and hosts only'),
  limit: integer.optional().describe('default 5000; -1 for all'),
  offset: integer.optional(),
  order: z.enum(['ascending', 'descending']).optional().describe('by time; default ascending'),
  severities: list
    .pipe(z.array(z.enum(severities)))
    .optional()
    .describe('comma-separated'),
  message: z.string().optional().describe('part of the message, without regard to case; with cluster_id only'),
  categories: list.optional().describe('comma-separated; default user, which all events are'),
  host_ids: list.pipe(z.array(uuid)).optional().describe('comma-separated; no event is of a host'),
  host_id: uuid.optional().describe('deprecated in favour of host_ids'),
  deleted_hosts: flag.optional().describe('with cluster_id: also events of its deleted hosts, of which there are none'),
  cluster_level: flag
    .optional()
    .describe('with cluster_id: also events that are of no host; the default where no host is asked for'),
});

export const eventRoutes = {
  ListEvents: {
    method: 'GET',
    path: '/v2/events',
    summary: 'Lists the events of a cluster or an infra-env',
    function: 'api',
    access: 'user',
    status: 200,
    parameters: none,
    query: eventQuery,
    answer: z.array(eventAnswer),
  },
} as const satisfies Record<string, Route>;
