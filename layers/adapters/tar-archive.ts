import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

interface TarFile {
  readonly path: string;
  /** Permission bits only. */
  readonly mode: number;
  readonly text: string;
}

/** Without a time of its own, so that equal files give equal bytes. */
const noTime = new Date(0);

/** A tar archive (POSIX ustar, with pax headers for what that cannot name) of regular files of root. */
export const tarArchive = (files: readonly TarFile[]): Promise<Buffer> => {
  const archive = pack();
  for (const { path, mode, text } of files) archive.entry({ name: path, mode, mtime: noTime }, text);
  archive.finalize();
  return buffer(archive);
};
