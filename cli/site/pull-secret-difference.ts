import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { parseIgnition } from '#domain/ignition/ignition.ts';
import type { SiteApi } from './site-api.ts';

/** Where every ignition of this service has the pull secret. */
const path = '/root/.docker/config.json';

const document = z.object({
  storage: z.object({
    files: z.array(z.object({ path: z.string(), contents: z.object({ source: z.string() }).optional() })),
  }),
});

const contentOf = (source: string): unknown => {
  const [head = '', data = ''] = source.split(/,(.*)/s);
  return JSON.parse(head.endsWith(';base64') ? Buffer.from(data, 'base64').toString('utf8') : decodeURIComponent(data));
};

const secretIn = (ignition: string): unknown => {
  const { files } = document.parse(parseIgnition(ignition)).storage;
  const source = files.find((file) => file.path === path)?.contents?.source;
  return source === undefined ? undefined : contentOf(source);
};

/**
 * Whether an infra-env has another pull secret than the file. The API never shows it, so this looks where it counts: into the
 * ignition. One that cannot be read counts as different; then the secret is sent again.
 */
export const hasOtherPullSecret = async (api: SiteApi, infraEnvId: string, pullSecret: string): Promise<boolean> => {
  try {
    const ignition = await api.ignition(infraEnvId);
    return !isDeepStrictEqual(secretIn(ignition.toString('utf8')), JSON.parse(pullSecret));
  } catch {
    api.signal.throwIfAborted();
    return true;
  }
};
