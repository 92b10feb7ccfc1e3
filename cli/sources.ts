import { join } from 'node:path';
import { fetchFromMirror } from '#adapters/release-mirror/mirror.ts';
import type { Patience } from '#adapters/release-mirror/mirror-request.ts';
import type { ReleaseKey } from '#adapters/release-mirror/signature.ts';
import { unpackInstaller } from '#adapters/release-mirror/unpack.ts';
import type { ReleaseArchitecture } from '#domain/release/payload.ts';
import type { Provenance } from '#domain/release/release.ts';
import type { ProgressLine } from './progress.ts';
import { installerFromFile } from './source-file.ts';
import { installerFromReleaseImage } from './source-release-image.ts';

/** Where an installer comes from. */
export type Source =
  | {
      readonly kind: 'mirror';
      readonly mirror: string;
      readonly version: string;
      readonly architecture: ReleaseArchitecture;
      readonly allowUnsigned: boolean;
    }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'release-image'; readonly releaseImage: string; readonly pullSecret: string };

export interface Obtaining {
  readonly dir: string;
  readonly releaseKey: ReleaseKey;
  readonly patience: Patience;
  readonly progress: ProgressLine;
  readonly signal: AbortSignal;
}

/** An executable installer in a folder of this run. */
export interface ObtainedInstaller {
  readonly path: string;
  readonly provenance: Provenance;
}

type MirrorSource = Extract<Source, { kind: 'mirror' }>;

const fromMirror = async (source: MirrorSource, obtaining: Obtaining): Promise<ObtainedInstaller> => {
  const { dir, progress, signal } = obtaining;
  const archive = await fetchFromMirror({ ...source, ...obtaining, onProgress: progress.of('download') });
  progress.clear();
  const path = join(dir, 'openshift-install');
  await unpackInstaller({ archive: archive.path, gzipped: true, path, signal });
  return { path, provenance: archive.provenance };
};

/** Gets the installer from its source. @throws CommandFailure */
export const obtainInstaller = async (source: Source, obtaining: Obtaining): Promise<ObtainedInstaller> => {
  if (source.kind === 'mirror') return fromMirror(source, obtaining);
  if (source.kind === 'file') return { path: await installerFromFile({ ...source, ...obtaining }), provenance: 'file' };
  return { path: await installerFromReleaseImage({ ...source, ...obtaining }), provenance: 'release-image' };
};
