import * as z from 'zod';
import { infraEnvId, type Route } from './route.ts';

const fileQuery = z.object({
  file_name: z.enum(['discovery.ign']),
  discovery_iso_type: z.enum(['full-iso', 'minimal-iso', 'disconnected-iso']).optional(),
});

const link = z.object({ url: z.url(), expires_at: z.string().meta({ format: 'date-time' }) }).meta({ id: 'Link' });

export const downloadRoutes = {
  DownloadInfraEnvFile: {
    method: 'GET',
    path: '/v2/infra-envs/{infra_env_id}/downloads/files',
    summary: 'Redirects to a presigned link to the file; the body names the link too',
    function: 'downloads',
    access: 'image',
    status: 302,
    parameters: infraEnvId,
    query: fileQuery,
    answer: link,
  },
  PresignInfraEnvFile: {
    method: 'GET',
    path: '/v2/infra-envs/{infra_env_id}/downloads/files-presigned',
    summary: 'Answers a presigned link to the file',
    function: 'downloads',
    access: 'user',
    status: 200,
    parameters: infraEnvId,
    query: fileQuery,
    answer: link,
  },
} as const satisfies Record<string, Route>;
