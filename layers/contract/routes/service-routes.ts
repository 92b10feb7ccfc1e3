import * as z from 'zod';
import { none, type Route } from './route.ts';

const health = z.object({ status: z.literal('ok') });

/** The service itself. */
export const serviceRoutes = {
  Health: {
    method: 'GET',
    path: '/health',
    summary: 'Answers as long as the service runs',
    function: 'api',
    access: 'public',
    status: 200,
    parameters: none,
    query: none,
    answer: health,
  },
  Ready: {
    method: 'GET',
    path: '/ready',
    summary: 'Answers once the service can reach its table',
    function: 'api',
    access: 'public',
    status: 200,
    parameters: none,
    query: none,
    answer: health,
  },
} as const satisfies Record<string, Route>;
