import { CommandFailure } from '#adapters/command-failure.ts';
import { imagePatches } from '#domain/composition/image-patches.ts';
import { applyPatches, type Patch } from '#domain/composition/iso-patch.ts';
import { type IsoImage, readExtent } from '#domain/iso/image.ts';
import { readIsoLayout } from '#domain/iso/read-layout.ts';
import { mismatch } from '#domain/iso/volume-id.ts';
import { type Backup, backupPath, readBackup, writeBackup } from './backup.ts';
import { examineIso, identityOf } from './examine-iso-file.ts';
import { type IsoFile, sha256, withIso } from './iso-file.ts';
import type { PersonalSettings } from './personal-settings.ts';

interface Patching {
  readonly path: string;
  readonly settings: PersonalSettings;
  readonly say: (line: string) => void;
}

/** The base ISO as it was before it was patched. */
const baseOf = ({ size, read }: IsoImage, backup: Backup | undefined): IsoImage => {
  const originals = (backup?.places ?? []).map(({ offset, original }) => ({ offset, bytes: original }));
  return {
    size,
    read: async (offset, length) => applyPatches({ start: offset, bytes: await read(offset, length) }, originals),
  };
};

const patchesFor = async (base: IsoImage, { ignition, kernelArguments, release }: PersonalSettings) => {
  const layout = await readIsoLayout(base);
  const reason = release === undefined ? undefined : mismatch(layout, release);
  if (reason !== undefined) throw new CommandFailure(`${reason}: get the base ISO of the infra-env's release`);
  return imagePatches(layout, { ignition, kernelArguments });
};

/** The places of the patches, and those that only an earlier run changed: these get their original bytes back. */
const replacements = async (base: IsoImage, patches: readonly Patch[], backup: Backup | undefined) => {
  const lengths = new Map((backup?.places ?? []).map(({ offset, original }) => [offset, original.length]));
  for (const { offset, bytes } of patches) lengths.set(offset, bytes.length);
  const found: { offset: number; original: Uint8Array; bytes: Uint8Array }[] = [];
  for (const [offset, length] of lengths) {
    const original = await readExtent(base, { offset, length, what: 'an embed area' });
    found.push({ offset, original, bytes: applyPatches({ start: offset, bytes: original }, patches) });
  }
  return found;
};

/**
 * First the original bytes are safe in the backup, then the ISO is changed, then the backup says so: whenever the machine
 * stops, the backup leads back to the base ISO.
 */
const replace = async (path: string, iso: IsoFile, found: Awaited<ReturnType<typeof replacements>>): Promise<void> => {
  const places = found.map(({ offset, original, bytes }) => ({ offset, original, written: sha256(bytes) }));
  const backup = { ...(await identityOf(iso)), places };
  await writeBackup(path, { ...backup, isSettled: false });
  await iso.write(found);
  await writeBackup(path, { ...backup, isSettled: true });
};

/**
 * Puts an ignition and kernel arguments into a base ISO, in place.
 *
 * @throws CommandFailure, IsoProblem, ServiceError; the ISO is unchanged then, unless its disk failed
 */
export const patchIso = ({ path, settings, say }: Patching): Promise<void> =>
  withIso(path, async (iso) => {
    const backup = await readBackup(path);
    if (backup !== undefined) await examineIso({ path, iso, backup });
    const base = baseOf(iso, backup);
    const patches = await patchesFor(base, settings);
    await replace(path, iso, await replacements(base, patches, backup));
    const areas = patches.length - 1;
    say(`${path} holds the ignition${areas > 0 ? ` and the kernel arguments, in ${areas} places` : ''}`);
    say(`what it held before is in ${backupPath(path)}: \`npx ove iso restore ${path}\` puts it back`);
  });
