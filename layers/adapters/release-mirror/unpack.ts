import { createReadStream, createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { CommandFailure } from '../command-failure.ts';

interface Unpacking {
  /** A tar archive, gzipped or not. */
  readonly archive: string;
  readonly gzipped: boolean;
  /** Where the binary goes: a file that does not exist yet. */
  readonly path: string;
  readonly signal: AbortSignal;
}

const program = 'openshift-install';

/** Bytes. The largest official binaries have somewhat more than 1 GB. */
const largest = 4 * 1024 ** 3;

const isInstaller = ({ name, type }: Header): boolean => type === 'file' && basename(name) === program;

const write = async (
  entry: AsyncIterable<unknown> & { readonly header: Header },
  { path, signal }: Unpacking,
): Promise<void> => {
  if (entry.header.size > largest) throw new CommandFailure(`${program} in the archive has more than 4 GiB`);
  await pipeline(entry, createWriteStream(path, { mode: 0o700, flags: 'wx' }), { signal });
};

/** Writes the first installer to its place; everything else in the archive is read past. */
const writeInstaller = async (entries: ReturnType<typeof extract>, unpacking: Unpacking): Promise<boolean> => {
  let found = false;
  for await (const entry of entries) {
    if (isInstaller(entry.header) && !found) {
      found = true;
      await write(entry, unpacking);
    } else entry.resume();
  }
  return found;
};

/**
 * Takes the executable `openshift-install`, and nothing else, out of an archive.
 *
 * @throws CommandFailure when the archive is damaged or holds none
 */
export const unpackInstaller = async (unpacking: Unpacking): Promise<void> => {
  const { archive, gzipped, signal } = unpacking;
  const entries = extract();
  const [, found] = await Promise.all([
    pipeline(createReadStream(archive), gzipped ? createGunzip() : new PassThrough(), entries, { signal }),
    writeInstaller(entries, unpacking),
  ]).catch((error) => {
    signal.throwIfAborted();
    throw error;
  });
  if (!found)
    throw new CommandFailure(`there is no ${program} in the archive: it is not one of the installer for Linux`);
};
