import type { ArtifactName } from '#domain/infra-env/artifact.ts';
import { configurationMedium, disconnectedIgnition } from './disconnected.ts';
import { embedArea } from './embed-area.ts';
import type { Recipe } from './generation.ts';
import { initrd, networkArchive } from './network-artifacts.ts';
import { standardRecipe } from './standard.ts';

/** How each artifact is made. */
export const recipes: Readonly<Record<ArtifactName, Recipe>> = {
  'discovery.ign': disconnectedIgnition,
  'ignition.img': embedArea,
  'config.iso': configurationMedium,
  'full-iso.ign': standardRecipe('full-iso'),
  'minimal-iso.ign': standardRecipe('minimal-iso'),
  'static-network-config.tar': networkArchive,
  'minimal-initrd.img': initrd,
};
