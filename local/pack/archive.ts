import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';

/** A file on its way into an archive. */
export type ArchivedFile = { readonly name: string } & (
  | { readonly from: string }
  | { readonly text: string; readonly mode?: number }
);

// Equal files give equal bytes.
const modified = new Date('2000-01-01T00:00:00Z');

const addText = (archive: Pack, name: string, text: string, mode = 0o644): void => {
  archive.entry({ name, mode, mtime: modified }, text);
};

const addFile = async (archive: Pack, name: string, from: string): Promise<void> => {
  const { size, mode } = await stat(from);
  const entry = archive.entry({ name, size, mode: mode & 0o111 ? 0o755 : 0o644, mtime: modified });
  await pipeline(createReadStream(from), entry);
};

const addAll = async (archive: Pack, files: readonly ArchivedFile[]): Promise<void> => {
  for (const file of files) {
    if ('text' in file) addText(archive, file.name, file.text, file.mode);
    else await addFile(archive, file.name, file.from);
  }
  archive.finalize();
};

/** Writes a `.tar.gz`, which takes its name once it is whole: two that are written at once do not mix, and none stays half-made. */
export const writeArchive = async (path: string, files: readonly ArchivedFile[]): Promise<void> => {
  const unfinished = `${path}.${process.pid}`;
  const archive = pack();
  try {
    await Promise.all([addAll(archive, files), pipeline(archive, createGzip(), createWriteStream(unfinished))]);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
};
