import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { CommandFailure } from '#adapters/command-failure.ts';
import { fileFailure } from './iso-file.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const backupFile = z.object({
  format: z.literal('ove-ignition ISO backup 1'),
  /** Of the ISO that it belongs to: SHA-256 of its first volume descriptor, which holds when it was made. */
  volume: digest,
  /** Bytes of that ISO. */
  size: z.int(),
  /** false while the ISO is being changed: its places may hold anything then. */
  isSettled: z.boolean(),
  places: z.array(
    z.object({
      offset: z.int().min(0),
      /** SHA-256 of what was put there. */
      written: digest,
      /** What was there in the base ISO. */
      original: z.base64(),
    }),
  ),
});

interface Place {
  readonly offset: number;
  readonly written: string;
  readonly original: Uint8Array;
}

/** What is needed to make a patched ISO the base ISO again. Holds nothing of what was put into it. */
export interface Backup extends Omit<z.infer<typeof backupFile>, 'format' | 'places'> {
  readonly places: readonly Place[];
}

export const backupPath = (iso: string): string => `${iso}.ove-backup`;

const parse = (text: string, path: string): Backup => {
  try {
    const { places, ...backup } = backupFile.parse(JSON.parse(text));
    return {
      ...backup,
      places: places.map((place) => ({ ...place, original: Buffer.from(place.original, 'base64') })),
    };
  } catch (cause) {
    throw new CommandFailure(`${path} is damaged: get the base ISO again`, { cause });
  }
};

/** The backup beside an ISO; undefined when there is none. @throws CommandFailure */
export const readBackup = async (iso: string): Promise<Backup | undefined> => {
  const path = backupPath(iso);
  try {
    return parse(await readFile(path, 'utf8'), path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause instanceof CommandFailure ? cause : fileFailure(path, cause);
  }
};

const syncFolderOf = async (path: string): Promise<void> => {
  const folder = await open(dirname(path));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const writeNew = async (path: string, text: string): Promise<void> => {
  // Only for its owner: an ISO that another tool patched before holds secrets.
  const handle = await open(path, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Writes the backup, on the disk when this returns; a crash leaves the old one or the new one. @throws CommandFailure */
export const writeBackup = async (iso: string, { places, ...backup }: Backup): Promise<void> => {
  const path = backupPath(iso);
  const file: z.infer<typeof backupFile> = {
    format: 'ove-ignition ISO backup 1',
    ...backup,
    places: places.map((place) => ({ ...place, original: Buffer.from(place.original).toString('base64') })),
  };
  const part = `${path}.part`;
  try {
    await writeNew(part, JSON.stringify(file));
    await rename(part, path);
    await syncFolderOf(path);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined);
    throw fileFailure(path, cause);
  }
};

/** @throws CommandFailure */
export const removeBackup = async (iso: string): Promise<void> => {
  const path = backupPath(iso);
  await rm(path).catch((cause) => Promise.reject(fileFailure(path, cause)));
  await syncFolderOf(path);
};
