import { ignitionPatch } from '#domain/composition/image-patches.ts';
import { failure } from '#domain/errors.ts';
import { disconnectedIgnition } from './disconnected.ts';
import type { Recipe } from './generation.ts';

/** What the embed area of the release's base ISO holds once the ignition is in it: for an ISO that somebody has already. */
export const embedArea: Recipe = {
  types: disconnectedIgnition.types,
  recordsFailures: false,
  prepare: async (dependencies, generation) => {
    const { infraEnv } = generation;
    const { openshiftVersion: version = '' } = infraEnv;
    const [release, ignition] = await Promise.all([
      dependencies.releases.get(version, infraEnv),
      disconnectedIgnition.prepare(dependencies, generation),
    ]);
    const layout = release?.baseIso?.layout;
    if (layout === undefined) throw failure('BaseIsoMissing', { version });
    return {
      make: async () => {
        const bytes = await ignition.make();
        return bytes === undefined ? undefined : ignitionPatch(layout, bytes).bytes;
      },
    };
  },
};
