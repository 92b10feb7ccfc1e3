import { failure, invalid } from '../errors.ts';
import { packIgnition } from '../ignition/packing.ts';
import type { IsoLayout } from '../iso/iso-layout.ts';
import { areaWith } from '../iso/kernel-argument-text.ts';
import type { Patch } from './iso-patch.ts';

/**
 * Puts an ignition into its embed area: packed, then zeros to the end of the area.
 *
 * @param ignition the bytes of the JSON document
 * @throws IgnitionTooLarge
 */
export const ignitionPatch = ({ ignition: { offset, length } }: IsoLayout, ignition: Uint8Array): Patch => {
  const packed = packIgnition(ignition);
  if (packed.length > length) {
    throw failure('IgnitionTooLarge', { packed: packed.length, limit: length, biggest: [] });
  }
  const bytes = Buffer.alloc(length);
  packed.copy(bytes);
  return { offset, bytes };
};

/**
 * Appends kernel arguments to those that the image holds, in every embed area for them.
 *
 * @param added in their order, each as it is typed, e.g. `console=ttyS0`; none: nothing is patched
 * @throws KernelArgumentsNotPossible, KernelArgumentsTooLong, InvalidInput when an argument would end the area's text
 */
export const kernelArgumentPatches = ({ kernelArguments, volumeId }: IsoLayout, added: readonly string[]): Patch[] => {
  if (added.length === 0) return [];
  if (kernelArguments === undefined) throw failure('KernelArgumentsNotPossible', { volumeId });
  const { present, size, areas } = kernelArguments;
  const text = [present, ...added].filter((part) => part !== '').join(' ');
  const length = Buffer.byteLength(text);
  if (length >= size) throw failure('KernelArgumentsTooLong', { length, limit: size - 1 });
  if (areas.some(({ end }) => text.includes(end))) throw invalid('a kernel argument has a line end');
  return areas.map((area) => ({ offset: area.offset, bytes: areaWith(text, { ...area, size }) }));
};

/** All that makes an image the user's own. @throws as the two above */
export const imagePatches = (
  layout: IsoLayout,
  { ignition, kernelArguments }: { ignition: Uint8Array; kernelArguments: readonly string[] },
): readonly Patch[] => [ignitionPatch(layout, ignition), ...kernelArgumentPatches(layout, kernelArguments)];
