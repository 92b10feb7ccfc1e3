import { createHash } from 'node:crypto';
import { headObject } from '#adapters/bucket.ts';
import { removeObjects } from '#adapters/object-removal.ts';
import type { IsoLayout } from '#domain/iso/iso-layout.ts';
import type { BaseIso, Release } from '#domain/release/release.ts';
import type { ReleasesBucket } from '../release-target.ts';
import type { IsoSource } from './source.ts';

/** Folder of the base ISOs of a version's releases. */
const isoFolder = (version: string): string => `isos/${version}/`;

/**
 * The key says the content, as far as its source shows it without being read to the end: the same source finds its unfinished
 * upload again, and another ISO never overwrites one that a release still names.
 */
export const isoKey = (version: string, { size, validator }: IsoSource, layout: IsoLayout): string => {
  const identity = createHash('sha256')
    .update(JSON.stringify([size, validator, layout]))
    .digest('hex');
  return `${isoFolder(version)}${identity.slice(0, 32)}.iso`;
};

/** Removes the base ISOs of a version, but for those of these releases. @returns the number of objects removed */
export const removeBaseIsos = (
  { s3, bucket }: ReleasesBucket,
  version: string,
  kept: readonly Release[],
): Promise<number> =>
  removeObjects({
    client: s3,
    bucket,
    prefix: isoFolder(version),
    kept: kept.flatMap(({ baseIso }) => baseIso?.key ?? []),
  });

/** An ISO as it lies in the bucket. */
export type StoredIso = Pick<BaseIso, 'etag' | 'crc32'>;

/** By the checksum of the whole, where the release has one. */
export const isAsAdded = ({ crc32 }: StoredIso, stored: StoredIso): boolean =>
  crc32 === undefined || crc32 === stored.crc32;

interface ObjectFacts {
  readonly ETag?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumType?: string | undefined;
}

/** What S3 says of an object. A composite checksum is one of its parts, and says nothing of the whole. */
export const storedIsoOf = ({ ETag = '', ChecksumCRC32, ChecksumType }: ObjectFacts): StoredIso => ({
  etag: ETag,
  ...(ChecksumCRC32 === undefined || ChecksumType !== 'FULL_OBJECT' ? {} : { crc32: ChecksumCRC32 }),
});

/** The ISO that is stored under a key; undefined when none is. */
export const storedIso = async (
  { s3: client, bucket }: ReleasesBucket,
  key: string,
): Promise<StoredIso | undefined> => {
  const head = await headObject({ client, bucket }, { Key: key, ChecksumMode: 'ENABLED' });
  return head && storedIsoOf(head);
};
