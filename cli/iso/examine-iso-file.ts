import { CommandFailure } from '#adapters/command-failure.ts';
import { type IsoImage, readExtent } from '#domain/iso/image.ts';
import { firstDescriptorAt, sectorBytes } from '#domain/iso/volume.ts';
import { type Backup, backupPath } from './backup.ts';
import { sha256 } from './iso-file.ts';

/** What distinguishes one ISO from another: two builds differ in the first volume descriptor, which holds when they were made. */
export const identityOf = async (iso: IsoImage): Promise<Pick<Backup, 'volume' | 'size'>> => {
  const what = 'the first volume descriptor';
  const sector = await readExtent(iso, { offset: firstDescriptorAt, length: sectorBytes, what });
  return { volume: sha256(sector), size: iso.size };
};

interface Examined {
  readonly path: string;
  readonly iso: IsoImage;
  readonly backup: Backup;
}

const checkIdentity = async ({ path, iso, backup }: Examined): Promise<void> => {
  const { volume, size } = await identityOf(iso);
  if (volume !== backup.volume || size !== backup.size) {
    throw new CommandFailure(
      `${backupPath(path)} is of another ISO: remove it if ${path} is a base ISO that was not patched`,
    );
  }
};

/**
 * Compares an ISO with its backup: it is the base ISO, or the one that was patched, as a whole or, if that was cut short, in
 * part.
 *
 * @throws CommandFailure when the backup is of another ISO, or a place holds neither what was put there nor what was there
 */
export const examineIso = async (examined: Examined): Promise<'base' | 'patched'> => {
  await checkIdentity(examined);
  const { path, iso, backup } = examined;
  let state: 'base' | 'patched' = 'base';
  for (const { offset, written, original } of backup.places) {
    const present = sha256(await readExtent(iso, { offset, length: original.length, what: 'a replaced place' }));
    if (present === sha256(original)) continue;
    state = 'patched';
    if (backup.isSettled && present !== written) {
      throw new CommandFailure(
        `${path} was changed by something else at byte ${offset} after it was patched: get the base ISO again`,
      );
    }
  }
  return state;
};
