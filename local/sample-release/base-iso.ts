import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { writeWhole } from '../whole-file.ts';

/** As make-base-iso.ts made it. */
export const packedBaseIso = join(import.meta.dirname, 'base.iso.zst');

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Unpacks the base ISO of the sample release, unless it is there: its times tell whether it has been added already. */
export const unpackBaseIso = async (path: string): Promise<void> => {
  if (await isThere(path)) return;
  await writeWhole(path, await promisify(zstdDecompress)(await readFile(packedBaseIso)));
};
