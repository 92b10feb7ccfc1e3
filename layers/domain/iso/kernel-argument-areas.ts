import * as z from 'zod';
import { findFile } from './find-file.ts';
import { type Extent, type IsoImage, readExtent } from './image.ts';
import {
  type KernelArgumentArea,
  type KernelArgumentLayout,
  largestKernelArgumentArea,
  mostKernelArgumentAreas,
} from './iso-layout.ts';
import { readJsonFile } from './json-file.ts';
import { presentArguments } from './kernel-argument-text.ts';
import { isoProblem } from './problem.ts';

const path = '/coreos/kargs.json';

/** One byte, e.g. `#` or a line end. */
const filler = z.string().refine((text) => Buffer.byteLength(text) === 1, 'not one byte');

const location = z.object({
  path: z.string().min(1),
  offset: z.int().min(0),
  pad: filler.default('#'),
  end: filler.default('\n'),
});

const schema = z.object({
  default: z.string(),
  files: z.array(location).min(1).max(mostKernelArgumentAreas),
  size: z.int().min(1).max(largestKernelArgumentArea),
});

interface Place {
  readonly location: z.infer<typeof location>;
  readonly size: number;
}

const locate = async (image: IsoImage, root: Extent, { location, size }: Place): Promise<KernelArgumentArea> => {
  const file = await findFile(image, root, location.path);
  if (file === undefined) throw isoProblem('FileMissing', { path: location.path, namedIn: path });
  if (location.offset + size > file.length) {
    const area = 'embed area for kernel arguments';
    throw isoProblem('OutsideFile', { area, path: location.path, size: file.length });
  }
  return { ...location, offset: file.offset + location.offset };
};

/** The arguments that all areas hold. @throws IsoProblem when they do not hold the same */
const commonArguments = async (image: IsoImage, areas: readonly KernelArgumentArea[], size: number) => {
  let first: { path: string; text: string } | undefined;
  for (const area of areas) {
    const bytes = await readExtent(image, { offset: area.offset, length: size, what: area.path });
    const text = presentArguments(bytes, area);
    if (text === undefined) throw isoProblem('NoKernelArgumentArea', { path: area.path });
    first ??= { path: area.path, text };
    if (text !== first.text) throw isoProblem('KernelArgumentsDiffer', { path: area.path, other: first.path });
  }
  return first?.text ?? '';
};

/**
 * The embed areas for kernel arguments, as `/coreos/kargs.json` says; undefined when the image has none. Not looked for: the
 * header in the system area by which images made before 2021 name them.
 *
 * @throws IsoProblem
 */
export const findKernelArgumentAreas = async (
  image: IsoImage,
  root: Extent,
): Promise<KernelArgumentLayout | undefined> => {
  const said = await readJsonFile(image, { root, path, schema });
  if (said === undefined) return undefined;
  const areas: KernelArgumentArea[] = [];
  for (const location of said.files) areas.push(await locate(image, root, { location, size: said.size }));
  return {
    default: said.default.trim(),
    present: await commonArguments(image, areas, said.size),
    size: said.size,
    areas,
  };
};
