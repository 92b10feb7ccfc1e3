import { isDeepStrictEqual } from 'node:util';
import { releaseStore } from '#adapters/release-store.ts';
import type { Clock } from '#domain/ports.ts';
import {
  architectureOf,
  keptFacts,
  type Release,
  releaseName,
  type StatedFacts,
  type SupportLevel,
} from '#domain/release/release.ts';
import { checkIdentity, checkReplaces } from './add-checks.ts';
import { releasesOfVersion } from './chosen-release.ts';
import { digestOfFile } from './file-digest.ts';
import { examineInstaller } from './installer-examination.ts';
import { readInstallerFacts } from './installer-facts.ts';
import { installerKey, removeInstallers } from './installer-objects.ts';
import { examineHere } from './installer-profile.ts';
import { storeInstaller } from './installer-upload.ts';
import { otherProfiles, profileLines } from './profile-text.ts';
import type { Target } from './release-target.ts';
import { describeRelease } from './release-text.ts';
import { type Obtaining, obtainInstaller, type Source } from './sources.ts';

export interface Addition {
  readonly source: Source;
  /** What the operator expects the source to give; undefined to take what it gives. */
  readonly version: string | undefined;
  /** undefined: `beta` for a pre-release, `production` for any other. */
  readonly supportLevel: SupportLevel | undefined;
  /** What is not stated stays as it was. */
  readonly facts: StatedFacts;
}

export interface AddContext extends Obtaining {
  readonly target: Target;
  readonly clock: Clock;
  readonly say: (line: string) => void;
}

/** What is known already serves the purpose if nothing better can come from the source. */
const isAsGood = (known: Release, { source }: Addition): boolean =>
  source.kind === 'mirror' &&
  (known.provenance === 'signed' || (source.allowUnsigned && known.provenance === 'unsigned'));

const isIntact = async ({ target, signal }: AddContext, { installer }: Release): Promise<boolean> =>
  (await examineInstaller(target, installer, signal)) === 'intact';

const usualLevel = (version: string): SupportLevel => (version.includes('-') ? 'beta' : 'production');

const isSame = (one: Release, other: Release): boolean =>
  isDeepStrictEqual({ ...one, addedAt: '' }, { ...other, addedAt: '' });

/** Writes the record unless it would say nothing new. */
const record = async (context: AddContext, release: Release, known: Release | undefined): Promise<void> => {
  const { target, say } = context;
  if (known !== undefined && isSame(known, release)) {
    say(`${releaseName(release)} is there already and intact: nothing to do`);
    return;
  }
  await releaseStore(target.table).add(release);
  say(`${known === undefined ? 'added' : 'updated'} ${describeRelease(release)}`);
};

/** Says what is remarkable about a binary beside those of the other releases. */
const sayProfile = async ({ target, say }: AddContext, release: Release): Promise<void> => {
  const { profile } = release.installer;
  if (profile === undefined) return;
  const profiles = await otherProfiles(target, release);
  for (const line of profileLines(profile, profiles)) say(`${releaseName(release)}: ${line}`);
};

/** Gets the installer and finds out which release it makes; nothing is stored yet. */
const obtain = async (addition: Addition, context: AddContext) => {
  const { path, provenance } = await obtainInstaller(addition.source, context);
  const facts = await readInstallerFacts({ path, workspace: context.dir, signal: context.signal });
  const cpuArchitectures = checkIdentity(facts, addition);
  const { sha256, size } = await digestOfFile(path);
  const { version, releaseImage } = facts;
  const profile = await examineHere({ path, sha256, version, dir: context.dir });
  const key = installerKey(version, sha256);
  return {
    path,
    version,
    releaseImage,
    cpuArchitectures,
    provenance,
    installer: { key, sha256, size, encoding: 'zstd', profile },
  } as const;
};

const levelFor = ({ supportLevel }: Addition, version: string, known: Release | undefined): SupportLevel =>
  supportLevel ?? known?.supportLevel ?? usualLevel(version);

/** A signature vouches for a content, wherever the same content comes from later. */
const provenanceOf = (obtained: Pick<Release, 'provenance' | 'installer'>, known: Release | undefined) =>
  known?.provenance === 'signed' && known.installer.sha256 === obtained.installer.sha256
    ? known.provenance
    : obtained.provenance;

/** The known one stays if its installer is the same and intact, so that a repetition changes nothing. */
const storedInstaller = async (context: AddContext, path: string, release: Release, known: Release | undefined) => {
  const { profile } = release.installer;
  if (known?.installer.sha256 === release.installer.sha256 && (await isIntact(context, known))) {
    return { ...known.installer, ...(profile === undefined ? {} : { profile }) };
  }
  const onProgress = context.progress.of('pack and upload');
  await storeInstaller(context.target, { path, artifact: release.installer, signal: context.signal, onProgress });
  context.progress.clear();
  return release.installer;
};

/** The release that the catalogue has in the place of another. */
const knownLike = ({ target }: AddContext, release: Pick<Release, 'version' | 'cpuArchitectures'>) =>
  releaseStore(target.table).get(release.version, { releaseArchitecture: architectureOf(release) });

/** What the catalogue has of a source that names its release; undefined where only the binary will. */
const knownFrom = async (source: Source, { target }: AddContext): Promise<Release | undefined> =>
  source.kind === 'mirror'
    ? releaseStore(target.table).get(source.version, { releaseArchitecture: source.architecture })
    : undefined;

const addObtained = async (addition: Addition, context: AddContext): Promise<void> => {
  const { target, clock } = context;
  const { path, ...obtained } = await obtain(addition, context);
  const known = await knownLike(context, obtained);
  if (known !== undefined) checkReplaces(known, obtained);
  const supportLevel = levelFor(addition, obtained.version, known);
  const provenance = provenanceOf(obtained, known);
  const release: Release = { ...obtained, supportLevel, provenance, addedAt: clock().toISOString() };
  const installer = await storedInstaller(context, path, release, known);
  // Read now: it may have been added while the installer was packed.
  const kept = keptFacts(await knownLike(context, release));
  await record(context, { ...release, ...kept, ...addition.facts, installer }, known);
  await sayProfile(context, release);
  if (known !== undefined && known.installer.key !== installer.key) {
    await removeInstallers(target, release.version, await releasesOfVersion(target, release.version));
  }
};

/**
 * Adds a release, or brings a known one up to date: a damaged or missing object is put there again. The record is written
 * last: what it names is there, whole. What a failed run left is not named by any record.
 *
 * @throws CommandFailure
 */
export const addRelease = async (addition: Addition, context: AddContext): Promise<void> => {
  const known = await knownFrom(addition.source, context);
  if (known === undefined || !isAsGood(known, addition) || !(await isIntact(context, known))) {
    return addObtained(addition, context);
  }
  const supportLevel = levelFor(addition, known.version, known);
  await record(context, { ...known, ...addition.facts, supportLevel }, known);
};
