import * as z from 'zod';
import { releaseSourcesAnswer, versionsAnswer } from '../release-answer.ts';
import { flag, none, type Route } from './route.ts';

export const releaseRoutes = {
  ListOpenshiftVersions: {
    method: 'GET',
    path: '/v2/openshift-versions',
    summary: 'Lists the releases that a cluster can be registered with',
    function: 'api',
    access: 'user',
    status: 200,
    parameters: none,
    query: z.object({ version: z.string().optional(), only_latest: flag.optional() }),
    answer: versionsAnswer,
  },
  ListOfflineOpenshiftVersions: {
    method: 'GET',
    path: '/v2/offline-openshift-versions',
    summary: 'Lists the same releases for the wizard of disconnected ISOs',
    function: 'api',
    access: 'user',
    status: 200,
    parameters: none,
    query: z.object({ version: z.string().optional() }),
    answer: versionsAnswer,
  },
  ListReleaseSources: {
    method: 'GET',
    path: '/v2/release-sources',
    summary: 'Lists minor versions with their architectures and channels',
    function: 'api',
    access: 'user',
    status: 200,
    parameters: none,
    query: none,
    answer: releaseSourcesAnswer,
  },
} as const satisfies Record<string, Route>;
