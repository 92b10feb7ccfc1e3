import { CommandFailure } from '#adapters/command-failure.ts';
import { backupPath, readBackup, removeBackup, writeBackup } from './backup.ts';
import { examineIso } from './examine-iso-file.ts';
import { withIso } from './iso-file.ts';

interface Restoring {
  readonly path: string;
  readonly say: (line: string) => void;
}

/**
 * Makes a patched ISO the base ISO again, also one whose patching was cut short. The backup goes last: until then this can be
 * repeated.
 *
 * @throws CommandFailure when there is no backup, or the ISO is not the one that was patched
 */
export const restoreIso = ({ path, say }: Restoring): Promise<void> =>
  withIso(path, async (iso) => {
    const backup = await readBackup(path);
    if (backup === undefined) throw new CommandFailure(`there is no ${backupPath(path)}: nothing was patched`);
    if ((await examineIso({ path, iso, backup })) === 'patched') {
      await writeBackup(path, { ...backup, isSettled: false });
      await iso.write(backup.places.map(({ offset, original }) => ({ offset, bytes: original })));
    }
    await removeBackup(path);
    say(`${path} is the base ISO again`);
  });
