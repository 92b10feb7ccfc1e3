import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import {
  type Behaviour,
  type Generation,
  generations,
  makeInstaller,
  versions,
} from '#local/sample-release/openshift-install/make-installer.ts';
import { makeNmstatectl } from './make-nmstatectl.ts';
import { agentConfigWith, type InputFiles, infraEnvWith, minimum, pullSecretWith } from './sample-inputs.ts';
import { emptyFolder, type Run, tryInstaller } from './try-installer.ts';

export const repository = 'quay.io/openshift-release-dev/ocp-release';
export const digest = `@sha256:${'ab'.repeat(32)}`;
export const releaseImage = `${repository}${digest}`;
export const interactive = ['--interactive'];

/** Inputs that differ from the smallest ones in one file. */
export const infraEnv = (...lines: string[]): InputFiles => ({
  'cluster-manifests/infraenv.yaml': infraEnvWith(...lines),
});
export const pullSecret = (text: string): InputFiles => ({
  'cluster-manifests/pull-secret.yaml': pullSecretWith(text),
});
export const agentConfig = (...lines: string[]): InputFiles => ({ 'agent-config.yaml': agentConfigWith(...lines) });
export const staticHosts = (...documents: string[]): InputFiles => ({
  'cluster-manifests/nmstateconfig.yaml': documents.join('---\n'),
});
export const mirror = (text: string): InputFiles => ({ 'mirror/registries.conf': text });

/** The smallest inputs with `files` over them, run by G2 without `nmstatectl` unless it says otherwise. */
export interface Situation {
  readonly generation?: Generation;
  readonly files?: InputFiles;
  readonly args?: readonly string[];
  readonly nmstatectl?: boolean;
  readonly dir?: string;
  readonly binary?: string;
}

/** Binaries of all generations for the tests of one file; what they leave behind is removed at the end. */
export const installerFixture = () => {
  const binaries: Record<Generation, string> = { G1: '', G2: '', G2z: '', G3: '', G4: '' };
  const folders: string[] = [];
  let nmstatePath = '';

  const newFolder = async (): Promise<string> => {
    const folder = await emptyFolder();
    folders.push(folder);
    return folder;
  };

  beforeAll(async () => {
    const root = await newFolder();
    nmstatePath = join(root, 'nmstate');
    await makeNmstatectl(nmstatePath);
    for (const generation of generations) {
      const plan = { dir: join(root, generation), version: versions[generation], generation, releaseImage };
      binaries[generation] = await makeInstaller(plan);
    }
  });
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  const given = async (situation: Situation): Promise<Run> =>
    tryInstaller({
      binary: situation.binary ?? binaries[situation.generation ?? 'G2'],
      files: { ...minimum, ...situation.files },
      args: situation.args ?? [],
      dir: situation.dir ?? (await newFolder()),
      path: situation.nmstatectl ? nmstatePath : '',
    });

  const misbehaving = async (behaviour: Behaviour): Promise<string> =>
    makeInstaller({ dir: await newFolder(), version: '4.21.0', generation: 'G2', behaviour });

  return { binaries, newFolder, given, misbehaving };
};
