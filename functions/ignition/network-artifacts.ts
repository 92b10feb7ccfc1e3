import { tarArchive } from '#adapters/tar-archive.ts';
import { minimalInitrd } from '#domain/ignition/standard/initrd.ts';
import { imageTypes } from '#domain/infra-env/image-type.ts';
import { ownRecords } from '#runtime/own-records.ts';
import type { Generation, Recipe } from './generation.ts';
import type { Dependencies } from './ignition-dependencies.ts';
import { loadStaticNetwork } from './static-network-files.ts';

type Make = (dependencies: Dependencies, generation: Generation) => Promise<Uint8Array>;

const networkRecipe = (make: Make): Recipe => ({
  types: imageTypes,
  recordsFailures: false,
  prepare: async (dependencies, generation) => {
    await ownRecords(dependencies).boundCluster(generation.infraEnv);
    return { make: () => make(dependencies, generation) };
  },
});

/** The static network of all hosts; without one an archive that is empty. */
export const networkArchive = networkRecipe(async (dependencies, generation) =>
  tarArchive((await loadStaticNetwork(dependencies, generation))?.files ?? []),
);

/** What a minimal ISO boots with beside its own initramfs. */
export const initrd = networkRecipe(async (dependencies, generation) => {
  const network = await loadStaticNetwork(dependencies, generation);
  return minimalInitrd({ settings: generation.infraEnv.settings, network });
});
