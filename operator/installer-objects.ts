import { DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { ReleasesBucket } from './target.ts';

/** Folder of everything that is stored of a version. */
const folderOf = (version: string): string => `installers/${version}/`;

/** The key says the content: another binary of the same version never overwrites one that a release still names. */
export const installerKey = (version: string, sha256: string): string => `${folderOf(version)}${sha256}.zst`;

/** Removes what is stored of a version, but for one key. Gives the number of objects that it removed. */
export const removeInstallers = async (
  { s3, bucket }: ReleasesBucket,
  version: string,
  kept?: string,
): Promise<number> => {
  let removed = 0;
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: folderOf(version) })) {
    const keys = (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined || Key === kept ? [] : [{ Key }]));
    if (keys.length === 0) continue;
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys, Quiet: true } }),
    );
    if (Errors[0] !== undefined) throw new Error(`${Errors[0].Key} cannot be removed: ${Errors[0].Message}`);
    removed += keys.length;
  }
  return removed;
};
