import { failure } from '#domain/errors.ts';
import { standardIgnition } from '#domain/ignition/standard/standard-ignition.ts';
import { ownRecords } from '#runtime/own-records.ts';
import { type Generation, loadPullSecret, type Recipe } from './generation.ts';
import type { Dependencies } from './ignition-dependencies.ts';
import { judgedIgnition } from './judged-ignition.ts';
import { loadStaticNetwork } from './static-network-files.ts';

type StandardType = 'full-iso' | 'minimal-iso';

const make = async (
  dependencies: Dependencies,
  generation: Generation & { readonly type: StandardType },
): Promise<Uint8Array | undefined> => {
  const { agent } = dependencies;
  const { infraEnv, type } = generation;
  if (agent === undefined) throw failure('AgentNotConfigured', { type });
  const [pullSecret, network] = await Promise.all([
    loadPullSecret(dependencies, generation),
    type === 'full-iso' ? loadStaticNetwork(dependencies, generation) : undefined,
  ]);
  if (pullSecret === undefined) return undefined;
  return judgedIgnition(
    dependencies,
    generation,
    standardIgnition({ infraEnv: { ...infraEnv, type }, pullSecret, agent, network }),
  );
};

/** The ignition of a full or a minimal ISO, whose hosts run the agent. An infra-env of either type has both. */
export const standardRecipe = (type: StandardType): Recipe => ({
  types: ['full-iso', 'minimal-iso'],
  recordsFailures: true,
  prepare: async (dependencies, generation) => {
    await ownRecords(dependencies).boundCluster(generation.infraEnv);
    return {
      make: () => make(dependencies, { ...generation, type }),
      announcement: { name: 'standard_ignition_generated', properties: { image_type: type } },
    };
  },
});
