import { findIgnitionArea } from './ignition-area.ts';
import { type Extent, type IsoImage, readAhead } from './image.ts';
import type { IsoLayout, KernelArgumentLayout } from './iso-layout.ts';
import { findKernelArgumentAreas } from './kernel-argument-areas.ts';
import { kernelArchitecture } from './kernel-image.ts';
import { isoProblem } from './problem.ts';
import { readVolume } from './volume.ts';
import { isCoreOs } from './volume-id.ts';

interface Area extends Extent {
  readonly name: string;
}

const ignitionArea = (extent: Extent): Area => ({ name: 'embed area for the ignition', ...extent });

const kernelArgumentAreas = ({ areas, size }: KernelArgumentLayout): readonly Area[] =>
  areas.map(({ path, offset }) => ({ name: `embed area for kernel arguments in ${path}`, offset, length: size }));

const checkApart = (areas: readonly Area[]): void => {
  const sorted = areas.toSorted((one, other) => one.offset - other.offset);
  for (const [index, area] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next !== undefined && area.offset + area.length > next.offset) {
      throw isoProblem('Overlap', { one: area.name, other: next.name });
    }
  }
};

/**
 * Reads where a CoreOS image takes an ignition and kernel arguments, with a few small reads whatever its size.
 *
 * @throws IsoProblem when it is not such an image, or is damaged
 */
export const readIsoLayout = async (source: IsoImage): Promise<IsoLayout> => {
  const image = readAhead(source);
  const { id: volumeId, size: volumeSize, root } = await readVolume(image);
  if (!isCoreOs(volumeId)) throw isoProblem('NotCoreOs', { volumeId });
  const ignition = await findIgnitionArea(image, root);
  const kernelArguments = await findKernelArgumentAreas(image, root);
  checkApart([ignitionArea(ignition), ...(kernelArguments === undefined ? [] : kernelArgumentAreas(kernelArguments))]);
  const architecture = await kernelArchitecture(image, root);
  return {
    volumeId,
    volumeSize,
    ignition,
    ...(architecture === undefined ? {} : { architecture }),
    ...(kernelArguments === undefined ? {} : { kernelArguments }),
  };
};
