import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Provenance } from '#domain/release/release.ts';
import { CommandFailure } from '../command-failure.ts';
import { type Checksum, checksumOf } from './checksums.ts';
import { downloadFile, type Progress } from './mirror-download.ts';
import { type MirroredRelease, type MirrorLayout, mirrorLayout, signatureFiles, sumsFile } from './mirror-layout.ts';
import { type ReleaseKey, verifySums } from './signature.ts';
import { fetchSmallFile, type MirrorAccess } from './small-file.ts';

interface Fetching extends MirroredRelease, MirrorAccess {
  readonly releaseKey: ReleaseKey;
  /** Accepts checksums that nobody signed; a wrong signature is refused all the same. */
  readonly allowUnsigned: boolean;
  /** Folder for the archive. */
  readonly dir: string;
  /** Told of the archive. */
  readonly onProgress: Progress;
}

interface FetchedArchive {
  readonly path: string;
  readonly provenance: Extract<Provenance, 'signed' | 'unsigned'>;
}

const fetchSignature = async (folder: string, access: MirrorAccess): Promise<Buffer | undefined> => {
  for (const name of signatureFiles) {
    const signature = await fetchSmallFile(`${folder}${name}`, access);
    if (signature !== undefined) return signature;
  }
  return undefined;
};

interface Sums {
  readonly text: string;
  readonly provenance: FetchedArchive['provenance'];
}

const trustedSums = async (fetching: Fetching, { folder }: MirrorLayout): Promise<Sums> => {
  const sums = await fetchSmallFile(`${folder}${sumsFile}`, fetching);
  if (sums === undefined) {
    throw new CommandFailure(
      `${fetching.version} for ${fetching.architecture} is not on the mirror (no ${folder}${sumsFile}): ` +
        'check the version, or name another mirror with --mirror',
    );
  }
  const signature = await fetchSignature(folder, fetching);
  if (signature !== undefined) {
    const text = await verifySums({ sums, signature, releaseKey: fetching.releaseKey });
    return { text, provenance: 'signed' };
  }
  if (fetching.allowUnsigned) return { text: sums.toString('utf8'), provenance: 'unsigned' };
  throw new CommandFailure(
    `${folder}${sumsFile} is not signed: use a mirror that has the signature, or accept the risk with --allow-unsigned`,
  );
};

const damaged = (url: string): CommandFailure =>
  new CommandFailure(`${url} does not match its published SHA-256: try again later or use another mirror`);

/** Follows the checksum of the subfolder's checksums, where there is a subfolder. */
const sumsBeside = async (fetching: Fetching, layout: MirrorLayout, sums: Sums): Promise<Sums> => {
  if (layout.subfolder === undefined) return sums;
  const file = `${layout.subfolder}${sumsFile}`;
  const url = `${layout.folder}${file}`;
  const expected = checksumOf(sums.text, [file]);
  const found = await fetchSmallFile(url, fetching);
  if (expected === undefined || found === undefined) {
    throw new CommandFailure(`the mirror has no ${url}: check the version and --arch, or name another mirror`);
  }
  if (createHash('sha256').update(found).digest('hex') !== expected.sha256) throw damaged(url);
  return { text: found.toString('utf8'), provenance: sums.provenance };
};

const fetchArchive = async (fetching: Fetching, folder: string, { file, sha256 }: Checksum): Promise<string> => {
  const url = `${folder}${file}`;
  const path = join(fetching.dir, 'installer.tar.gz');
  const { patience, signal, onProgress } = fetching;
  const archive = await downloadFile({ url, path, patience, signal, onProgress });
  if (archive === undefined) {
    throw new CommandFailure(`the mirror lists ${url} but has it not: try again later or use another mirror`);
  }
  if (archive.sha256 !== sha256) throw damaged(url);
  return path;
};

/**
 * Downloads a release's installer archive from a mirror: checksums, their signature, then the archive, whose content is
 * the one that the checksums name.
 *
 * @throws CommandFailure
 */
export const fetchFromMirror = async (fetching: Fetching): Promise<FetchedArchive> => {
  const layout = mirrorLayout(fetching);
  const folder = `${layout.folder}${layout.subfolder ?? ''}`;
  const sums = await sumsBeside(fetching, layout, await trustedSums(fetching, layout));
  const archive = checksumOf(sums.text, layout.archives);
  if (archive === undefined) {
    throw new CommandFailure(
      `${folder}${sumsFile} lists no installer for Linux on x86_64 (${layout.archives.join(', ')}): use another mirror`,
    );
  }
  return { path: await fetchArchive(fetching, folder, archive), provenance: sums.provenance };
};
