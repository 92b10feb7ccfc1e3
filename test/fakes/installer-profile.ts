import { join } from 'node:path';
import { examineInstaller } from '#adapters/installer-examination.ts';
import { installerProgram } from '#adapters/installer-program.ts';
import { workspaces } from '#adapters/workspaces.ts';
import { inWorkspace } from '#cli/workspace.ts';
import type { InstallerProfile } from '#domain/release/installer-profile.ts';
import {
  type Behaviour,
  type Generation,
  makeInstaller,
  versions,
} from '#local/sample-release/openshift-install/make-installer.ts';
import { makeNmstatectl } from '#test/stand-ins/openshift-install/make-nmstatectl.ts';
import { memoryLogger } from './logger.ts';

interface Examined {
  readonly generation: Generation;
  readonly behaviour?: Behaviour;
  /** Whether the PATH has an nmstatectl. */
  readonly networks?: boolean;
}

/** What an examination finds out about a stand-in. */
export const examinedStandIn = ({ generation, behaviour = {}, networks = true }: Examined): Promise<InstallerProfile> =>
  inWorkspace(async (dir) => {
    const version = versions[generation];
    const path = await makeInstaller({ dir: join(dir, 'made'), version, generation, behaviour });
    if (networks) await makeNmstatectl(join(dir, 'nmstate'));
    return examineInstaller(
      {
        program: installerProgram({ searchPath: join(dir, 'nmstate') }),
        workspaces: workspaces({ root: join(dir, 'workspaces'), logger: memoryLogger() }),
        installer: { path, sha256: path },
        leftMs: () => 60_000,
      },
      { version },
    );
  });

const known = new Map<Generation, Promise<InstallerProfile>>();

/** The profile of a well-behaved stand-in; examined once. */
export const profileOfGeneration = (generation: Generation): Promise<InstallerProfile> => {
  const profile = known.get(generation) ?? examinedStandIn({ generation });
  known.set(generation, profile);
  return profile;
};
