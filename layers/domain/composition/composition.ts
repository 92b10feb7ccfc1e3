import { createHash } from 'node:crypto';
import type { InfraEnv } from '../infra-env/infra-env.ts';
import { mostKernelArgumentAreas } from '../iso/iso-layout.ts';
import type { BaseIso } from '../release/release.ts';
import { checkPlan } from './check-plan.ts';
import { imagePatches, kernelArgumentPatches } from './image-patches.ts';
import type { Patch } from './iso-patch.ts';
import { planSplice, type SplicePlan, usualPartSize } from './splice-plan.ts';

/** Everything composed for an infra-env lies under this prefix of the artifacts bucket. */
export const isoPrefix = (infraEnvId: string): string => `isos/${infraEnvId}/`;

/** How the user's own ISO is made of a base ISO. */
export interface Composition {
  /** In the artifacts bucket; the same for the same base ISO, ignition and kernel arguments. */
  readonly key: string;
  readonly patches: readonly Patch[];
  readonly plan: SplicePlan;
}

/**
 * As many as one Map of a Standard execution can copy: 7 events of its history each, 3 more for each of 5 further tries,
 * and 1,000 of them stay below the history's 25,000.
 */
const mostParts = 1_000;

/** Each patch, the ignition's among them, may make an uploaded part and a gap with a rest of its own. */
const partsOfPatches = 2 * (1 + mostKernelArgumentAreas) + 1;

const mebibyte = 1024 * 1024;

/** 64 MiB up to 61 GiB, more beyond. */
const partSizeOf = (size: number): number =>
  Math.max(usualPartSize, Math.ceil(size / (mostParts - partsOfPatches) / mebibyte) * mebibyte);

const nameOf = ({ key, etag }: BaseIso, patches: readonly Patch[]): string => {
  const hash = createHash('sha256').update(JSON.stringify([key, etag]));
  for (const { offset, bytes } of patches) hash.update(`${offset}+${bytes.length}:`).update(bytes);
  return hash.digest('hex');
};

const kernelArgumentsOf = ({ settings }: Pick<InfraEnv, 'settings'>): readonly string[] =>
  (settings.kernel_arguments ?? []).map(({ value }) => value);

/**
 * Judges at registration what a composition would stumble over; without a base ISO there is nothing to compare with yet.
 *
 * @throws KernelArgumentsNotPossible, KernelArgumentsTooLong
 */
export const checkTakesKernelArguments = (infraEnv: InfraEnv, baseIso: BaseIso | undefined): void => {
  if (infraEnv.type !== 'disconnected-iso' || baseIso === undefined) return;
  kernelArgumentPatches(baseIso.layout, kernelArgumentsOf(infraEnv));
};

interface Ingredients {
  readonly infraEnv: Pick<InfraEnv, 'id' | 'settings'>;
  readonly baseIso: BaseIso;
  /** The bytes of discovery.ign. */
  readonly ignition: Uint8Array;
}

/** @throws IgnitionTooLarge, KernelArgumentsNotPossible, KernelArgumentsTooLong */
export const compositionOf = ({ infraEnv, baseIso, ignition }: Ingredients): Composition => {
  const kernelArguments = kernelArgumentsOf(infraEnv);
  const patches = imagePatches(baseIso.layout, { ignition, kernelArguments });
  const { size } = baseIso;
  const places = patches.map(({ offset, bytes }) => ({ offset, length: bytes.length }));
  const plan = planSplice({ size, patches: places, partSize: partSizeOf(size) });
  checkPlan(plan, { size, patches: places });
  return { key: `${isoPrefix(infraEnv.id)}${nameOf(baseIso, patches)}.iso`, patches, plan };
};
