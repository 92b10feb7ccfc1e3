import { listSources, listVersions } from '#domain/release/listing.ts';
import type { Operations } from '#runtime/operation.ts';
import type { Dependencies } from './api-dependencies.ts';

type ReleaseOperations = Operations<'ListOpenshiftVersions' | 'ListOfflineOpenshiftVersions' | 'ListReleaseSources'>;

/** What the catalogue of releases has: the same for every caller. */
export const releaseOperations = ({ releases }: Dependencies): ReleaseOperations => ({
  ListOpenshiftVersions: async ({ query: { version, only_latest: onlyLatest } }) => ({
    body: listVersions(await releases.all(), { version, onlyLatest }),
  }),
  ListOfflineOpenshiftVersions: async ({ query: { version } }) => ({
    body: listVersions(await releases.all(), { version }),
  }),
  ListReleaseSources: async () => ({ body: listSources(await releases.all()) }),
});
