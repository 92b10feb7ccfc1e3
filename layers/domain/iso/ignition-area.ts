import * as z from 'zod';
import { findFile } from './find-file.ts';
import type { Extent, IsoImage } from './image.ts';
import { readJsonFile } from './json-file.ts';
import { isoProblem } from './problem.ts';

const path = '/coreos/igninfo.json';
const usualFile = '/images/ignition.img';
/** Far more than any image has (256 KiB): a patch of the whole area is in memory. */
const largestArea = 8 * 1024 * 1024;

const schema = z.object({
  file: z.string().min(1),
  offset: z.int().min(0).optional(),
  length: z.int().min(1).optional(),
});

/** The area inside its file; without a length all that follows the offset. */
const areaIn = (file: Extent, { file: name, offset = 0, length = file.length - offset }: z.infer<typeof schema>) => {
  if (length < 1 || offset + length > file.length) {
    throw isoProblem('OutsideFile', { area: 'embed area for the ignition', path: name, size: file.length });
  }
  if (length > largestArea) {
    throw isoProblem('NotSupported', { path: name, reason: `is too large for an embed area: ${length} bytes` });
  }
  return { offset: file.offset + offset, length };
};

/**
 * The embed area for the ignition: as `/coreos/igninfo.json` says, else the whole of `/images/ignition.img`.
 *
 * @throws IsoProblem
 */
export const findIgnitionArea = async (image: IsoImage, root: Extent): Promise<Extent> => {
  const said = await readJsonFile(image, { root, path, schema });
  const info = said ?? { file: usualFile };
  const file = await findFile(image, root, info.file);
  if (file !== undefined) return areaIn(file, info);
  throw said === undefined ? isoProblem('NoEmbedArea') : isoProblem('FileMissing', { path: info.file, namedIn: path });
};
