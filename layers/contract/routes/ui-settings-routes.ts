import * as z from 'zod';
import { clusterId, none, type Route } from './route.ts';

const path = '/v2/clusters/{cluster_id}/ui-settings';
const text = z.string().describe('as the user interface wrote it; it means nothing to the service');

/** What a user interface keeps for a cluster. */
export const uiSettingsRoutes = {
  GetClusterUiSettings: {
    method: 'GET',
    path,
    summary: 'Reads what a user interface keeps for a cluster: an empty text until it has kept something',
    function: 'api',
    access: 'user',
    status: 200,
    parameters: clusterId,
    query: none,
    answer: text,
  },
  UpdateClusterUiSettings: {
    method: 'PUT',
    path,
    summary: 'Keeps a text for a user interface, in place of what it kept before',
    function: 'api',
    access: 'user',
    status: 200,
    parameters: clusterId,
    query: none,
    body: { name: 'uiSettings', schema: text },
    answer: text,
  },
} as const satisfies Record<string, Route>;
