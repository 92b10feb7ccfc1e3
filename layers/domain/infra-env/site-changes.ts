import type * as z from 'zod';
import { invalid } from '../errors.ts';
import type { ImageType } from './image-type.ts';
import type { askedInstallation, askedSiteHosts, storedInstallation, storedSiteHosts } from './setting-shapes.ts';
import { toSiteHost } from './site-hosts.ts';

type Installation = z.infer<typeof storedInstallation>;

/** What is usual is not kept: an infra-env that never had the property is the same. */
export const changedInstallation = (asked: z.infer<typeof askedInstallation>): Installation | undefined =>
  asked === '' || asked === 'interactive' ? undefined : asked;

export const changedSiteHosts = (asked: z.infer<typeof askedSiteHosts>): z.infer<typeof storedSiteHosts> | undefined =>
  asked.length === 0 ? undefined : asked.map(toSiteHost);

export const changedSiteSettings = (asked: '' | 'separate'): 'separate' | undefined => asked || undefined;

export const changedFlag = (asked: boolean): true | undefined => asked || undefined;

/** @throws InvalidInput where nothing is installed from the infra-env's ISO itself */
export const judgeOnSite =
  <Key extends string>(key: Key) =>
  (settings: { readonly [Name in Key]?: unknown }, type: ImageType): void => {
    if (settings[key] !== undefined && type !== 'disconnected-iso') {
      throw invalid(`${key}: it is only supported for infra-envs of type disconnected-iso`);
    }
  };
