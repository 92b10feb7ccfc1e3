import { join } from 'node:path';
import { examineInstaller } from '#adapters/installer-examination.ts';
import { installerProgram } from '#adapters/installer-program.ts';
import { workspaces } from '#adapters/workspaces.ts';
import type { Logger } from '#domain/ports.ts';
import type { InstallerProfile } from '#domain/release/installer-profile.ts';

/** What it warns of is left behind in a folder that is removed as a whole. */
const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A binary of 1 GB on a slow disk takes some seconds to load. */
const timeoutMs = 60_000;

interface Examined {
  /** An executable file. */
  readonly path: string;
  readonly sha256: string;
  readonly version: string;
  /** Folder in which the examination may work. */
  readonly dir: string;
}

/**
 * Examines a binary on this machine, with the nmstatectl of its PATH if there is one.
 *
 * @throws InstallerUnfit, InstallerMismatch, InstallerTimeout
 */
export const examineHere = ({ path, sha256, version, dir }: Examined): Promise<InstallerProfile> =>
  examineInstaller(
    {
      program: installerProgram({ searchPath: process.env.PATH ?? '' }),
      workspaces: workspaces({ root: join(dir, 'examination'), logger: silent }),
      installer: { path, sha256 },
      leftMs: () => timeoutMs,
    },
    { version },
  );
