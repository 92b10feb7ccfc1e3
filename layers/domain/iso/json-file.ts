import type * as z from 'zod';
import { findFile } from './find-file.ts';
import { type Extent, type IsoImage, readExtent } from './image.ts';
import { damaged, isoProblem } from './problem.ts';

const largestJson = 64 * 1024;

const parse = (bytes: Buffer, path: string): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged(path, 'is not JSON');
  }
};

interface Wanted<T> {
  readonly root: Extent;
  readonly path: string;
  readonly schema: z.ZodType<T>;
}

/** What a JSON file of the image says; undefined when it is not there. @throws IsoProblem */
export const readJsonFile = async <T>(image: IsoImage, { root, path, schema }: Wanted<T>): Promise<T | undefined> => {
  const file = await findFile(image, root, path);
  if (file === undefined) return undefined;
  if (file.length > largestJson) throw isoProblem('TooLarge', { what: path, size: file.length, limit: largestJson });
  const parsed = schema.safeParse(parse(await readExtent(image, { ...file, what: path }), path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw damaged(path, `is wrong at ${issue?.path.join('.') || 'its root'}: ${issue?.message ?? ''}`);
};
