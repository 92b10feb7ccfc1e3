import { CommandFailure } from '#adapters/command-failure.ts';
import type { Patience } from '#adapters/release-mirror/mirror-request.ts';
import { releaseStore } from '#adapters/release-store.ts';
import type { IsoLayout } from '#domain/iso/iso-layout.ts';
import { IsoProblem } from '#domain/iso/problem.ts';
import { readIsoLayout } from '#domain/iso/read-layout.ts';
import { mismatch } from '#domain/iso/volume-id.ts';
import type { Clock } from '#domain/ports.ts';
import { architectureOf, type BaseIso, type Release, releaseName } from '#domain/release/release.ts';
import { type Choice, isMeant, onlyRelease, releasesOfVersion } from '../chosen-release.ts';
import type { ProgressLine } from '../progress.ts';
import type { Target } from '../release-target.ts';
import { sizeText } from '../release-text.ts';
import { isAsAdded, isoKey, removeBaseIsos, type StoredIso, storedIso } from './base-iso-objects.ts';
import { fileSource } from './file-source.ts';
import { s3Source } from './s3-source.ts';
import type { IsoPlace, IsoSource } from './source.ts';
import { openUpload, transferIso } from './transfer.ts';
import { urlSource } from './url-source.ts';

interface IsoAddition {
  readonly choice: Choice;
  readonly place: IsoPlace;
}

interface Context {
  readonly target: Target;
  readonly progress: ProgressLine;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly say: (line: string) => void;
}

const openSource = (place: IsoPlace, { target, patience, signal }: Context): Promise<IsoSource> => {
  if (place.kind === 'file') return fileSource(place.path);
  return place.kind === 'url' ? urlSource(place.url, { patience, signal }) : s3Source(target.s3, place);
};

const knownReleases = async ({ target }: Context, choice: Choice): Promise<readonly Release[]> => {
  const { version, architecture } = choice;
  const chosen = (await releasesOfVersion(target, version)).filter((release) => isMeant(choice, release));
  if (chosen.length > 0) return chosen;
  const command = `add ${version}${architecture === undefined ? '' : ` --arch ${architecture}`}${target.option}`;
  throw new CommandFailure(
    `${version} is not in ${target.description}: add it first with \`npx ove release ${command}\``,
  );
};

const layoutOf = (source: IsoSource): Promise<IsoLayout> =>
  readIsoLayout(source).catch((error) => {
    throw error instanceof IsoProblem ? new CommandFailure(error.message, { cause: error }) : error;
  });

/** The release that the image, by what it says of itself, belongs to. @throws CommandFailure */
const releaseOf = (layout: IsoLayout, chosen: readonly Release[]): Release => {
  const release = onlyRelease(chosen.filter((each) => mismatch(layout, each) === undefined));
  if (release !== undefined) return release;
  const reasons = chosen.map((each) => mismatch(layout, each));
  throw new CommandFailure(`${reasons.join(', ')}: name the release that it belongs to`);
};

interface Storing {
  readonly version: string;
  readonly key: string;
  readonly source: IsoSource;
}

const store = async (context: Context, { version, key, source }: Storing): Promise<StoredIso> => {
  const { target, progress, signal } = context;
  const upload = await openUpload({ target, key, source });
  const onProgress = progress.of(source.copyPart === undefined ? 'upload' : 'copy inside S3');
  try {
    return await transferIso({ target, source, upload, signal, onProgress });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Error) || error instanceof CommandFailure) throw error;
    throw new CommandFailure(
      `the ISO of ${version} did not arrive whole (${error.name}): the same command goes on where this one ended`,
      { cause: error },
    );
  } finally {
    progress.clear();
  }
};

/** In hexadecimal, as programs for files show it; none of what S3 has copied, or an earlier version of the command has stored. */
const checksumText = ({ crc32 }: StoredIso): readonly string[] =>
  crc32 === undefined ? [] : [`CRC-32 ${Buffer.from(crc32, 'base64').toString('hex')}`];

const addOpened = async (context: Context, chosen: readonly Release[], source: IsoSource): Promise<void> => {
  const { target, clock, say } = context;
  const layout = await layoutOf(source);
  const release = releaseOf(layout, chosen);
  const { version, baseIso: known } = release;
  const name = releaseName(release);
  const key = isoKey(version, source, layout);
  const stored = await storedIso(target, key);
  const isKnown = stored !== undefined && known?.key === key && known.etag === stored.etag;
  if (isKnown && isAsAdded(known, stored)) return say(`the base ISO of ${name} is there already: nothing to do`);
  const object = (isKnown ? undefined : stored) ?? (await store(context, { version, key, source }));
  const baseIso: BaseIso = { key, size: source.size, ...object, layout, addedAt: clock().toISOString() };
  // Read again: the upload may have taken hours.
  const [now = release] = await knownReleases(context, { version, architecture: architectureOf(release) });
  await releaseStore(target.table).add({ ...now, baseIso });
  await removeBaseIsos(target, version, await releasesOfVersion(target, version));
  const facts = [layout.volumeId, sizeText(source.size), ...checksumText(object)];
  say(`added the base ISO of ${name} (${facts.join(', ')})`);
};

/**
 * Adds the base ISO of a release. It is examined before a byte of it is stored; the record is written last, and the ISO
 * that it replaces goes then. An interrupted run is continued by the next one from the same place.
 *
 * @throws CommandFailure
 */
export const addBaseIso = async ({ choice, place }: IsoAddition, context: Context): Promise<void> => {
  const chosen = await knownReleases(context, choice);
  const source = await openSource(place, context);
  try {
    await addOpened(context, chosen, source);
  } finally {
    await source.close();
  }
};
