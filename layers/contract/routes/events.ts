import * as z from 'zod';
import { eventAnswer } from '../event-answer.ts';
import { integer, list, none, type Route } from './route.ts';

const eventQuery = z.object({
  cluster_id: z.guid().optional(),
  infra_env_id: z.guid().optional(),
  limit: integer.optional().describe('default 5000; -1 for all'),
  offset: integer.optional(),
  order: z.enum(['ascending', 'descending']).optional().describe('by time; default ascending'),
  severities: list.optional().describe('comma-separated'),
  message: z.string().optional().describe('part of the message, without regard to case; with cluster_id only'),
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
