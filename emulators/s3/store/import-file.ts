/** Brings a file of any size in as an object without sending it through HTTP, moving as few bytes as possible. */
import { createHash } from 'node:crypto';
import { constants, copyFile, link, open, stat } from 'node:fs/promises';
import { wholeSeconds } from './records.ts';
import type { Store } from './store.ts';

export type ImportedFile = {
  bucket: string;
  key: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  /** `link` shares the file instead of copying it: for files that are replaced, never written to in place. */
  mode?: 'copy' | 'link';
};

const blockSize = 1024 * 1024;
const zeros = Buffer.alloc(blockSize);

/** Copies what is not zero; the file grows by `truncate`, so the rest takes no space. */
const copySparse = async (from: string, { to, size }: { to: string; size: number }): Promise<void> => {
  await using source = await open(from, 'r');
  await using target = await open(to, 'wx');
  const buffer = Buffer.allocUnsafe(blockSize);
  for (let position = 0; position < size; ) {
    const { bytesRead } = await source.read(buffer, 0, blockSize, position);
    if (bytesRead === 0) throw new Error(`${from} became shorter while it was read.`);
    const block = buffer.subarray(0, bytesRead);
    if (!block.equals(zeros.subarray(0, bytesRead))) await target.write(block, 0, bytesRead, position);
    position += bytesRead;
  }
  await target.truncate(size);
};

const copyIn = async (from: string, { to, size }: { to: string; size: number }): Promise<void> => {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE);
  } catch {
    // Not a file system that clones: the bytes have to be copied.
    await copySparse(from, { to, size });
  }
};

/** A link needs one file system and the right to link; without them a copy does. */
const linkIn = async (from: string, { to, size }: { to: string; size: number }): Promise<void> => {
  try {
    await link(from, to);
  } catch {
    await copyIn(from, { to, size });
  }
};

/**
 * The object's ETag comes from the file's size and change time, in the form of a multipart upload's (`-1`), which no
 * client takes for an MD5: hashing 50 GB would take minutes. Throws NoSuchBucket or what the file system says.
 */
export const importFile = async (
  { blobs, objects }: Store,
  { file, now }: { file: ImportedFile; now: () => Date },
): Promise<{ etag: string; size: number }> => {
  const { size, mtimeMs } = await stat(file.path);
  const place = file.mode === 'link' ? linkIn : copyIn;
  const extents = await blobs.adopt((to) => place(file.path, { to, size }), size);
  const etag = `${createHash('md5').update(`${size} ${mtimeMs}`).digest('hex')}-1`;
  const record = {
    bucket: file.bucket,
    key: file.key,
    size,
    etag,
    lastModified: wholeSeconds(now()),
    headers: { ...file.headers },
    extents: [...extents],
  };
  await objects.put(record, () => {});
  return { etag, size };
};
