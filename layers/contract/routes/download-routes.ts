import * as z from 'zod';
import { imageTypes } from '#domain/infra-env/image-type.ts';
import { macAddressPattern } from '#domain/values/mac-address.ts';
import { imageForms } from '../image-path.ts';
import { infraEnvId, none, type Route } from './route.ts';

const isoType = z
  .enum(imageTypes)
  .optional()
  .describe('type of the ISO that discovery.ign is for; by default the one of the infra-env');

const ofIpxeScripts = 'of an ipxe-script, which this service has not: refused with the files that it has';
const scriptType = z.enum(['discovery-image-always', 'boot-order-control']).optional().describe(ofIpxeScripts);

const fileQuery = z.object({
  file_name: z.enum(['discovery.ign', 'static-network-config', 'ignition.img', 'config.iso']),
  discovery_iso_type: isoType,
  ipxe_script_type: scriptType,
  mac: z
    .string()
    .regex(macAddressPattern)
    .optional()
    .describe('changes nothing: of the host that boots an ipxe-script'),
});
const presignedQuery = z.object({
  file_name: z.enum(['discovery.ign', 'ignition.img', 'config.iso']),
  discovery_iso_type: isoType,
  ipxe_script_type: scriptType,
});

const link = z
  .object({
    url: z.url(),
    expires_at: z.string().meta({ format: 'date-time' }),
    offset: z.int().optional().describe('of ignition.img: where in the base ISO it goes, in bytes'),
  })
  .meta({ id: 'Link' });

const image = z.object({
  form: z.enum(imageForms).describe('what opens the image'),
  token: z.string().describe('the id of the infra-env, or a token of it'),
  openshift_version: z.string(),
  cpu_architecture: z.string(),
  file_name: z.string(),
});

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
    query: presignedQuery,
    answer: link,
  },
  ReadInfraEnvIgnition: {
    method: 'GET',
    path: '/v2/infra-envs/{infra_env_id}/downloads/ignition',
    summary: 'Answers discovery.ign itself, for pages that may not read what a link leads to',
    function: 'downloads',
    access: 'user',
    status: 200,
    parameters: infraEnvId,
    query: none,
    media: 'application/json',
  },
  DownloadMinimalInitrd: {
    method: 'GET',
    path: '/v2/infra-envs/{infra_env_id}/downloads/minimal-initrd',
    summary: 'Redirects to a presigned link to what a minimal ISO needs before it can fetch its root file system',
    function: 'downloads',
    access: 'image',
    status: 302,
    parameters: infraEnvId,
    query: none,
    answer: link.optional(),
    empty: 'The infra-env has neither a static network nor a proxy: a minimal ISO needs nothing more',
  },
  GetInfraEnvDownloadURL: {
    method: 'GET',
    path: '/v2/infra-envs/{infra_env_id}/downloads/image-url',
    summary: 'Answers where the image of the infra-env is, and until when: the same as its download_url',
    function: 'api',
    access: 'user',
    status: 200,
    parameters: infraEnvId,
    query: none,
    answer: link,
  },
  DownloadImage: {
    method: 'GET',
    path: '/images/{form}/{token}/{openshift_version}/{cpu_architecture}/{file_name}',
    summary: 'Redirects to the image of an infra-env: its download_url',
    function: 'downloads',
    access: 'link',
    status: 302,
    parameters: image,
    query: none,
    answer: link,
  },
  ProbeImage: {
    method: 'HEAD',
    path: '/images/{form}/{token}/{openshift_version}/{cpu_architecture}/{file_name}',
    summary: 'Answers what a GET would, without a body',
    function: 'downloads',
    access: 'link',
    status: 302,
    parameters: image,
    query: none,
  },
} as const satisfies Record<string, Route>;
