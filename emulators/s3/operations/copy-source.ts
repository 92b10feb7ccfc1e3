/** What a copy takes its content from. */
import type { ChecksumAlgorithm } from '../body/checksum.ts';
import { startChecksum } from '../body/checksum.ts';
import { largestBody } from '../body/receive.ts';
import { checkCopySource } from '../conditions.ts';
import { notImplemented, S3Error } from '../s3-errors.ts';
import type { Headers } from '../s3-request.ts';
import { uriDecode } from '../signature/uri-encoding.ts';
import type { Blobs } from '../store/blobs.ts';
import { type ObjectName, requireObject } from '../store/catalog.ts';
import type { Extent } from '../store/extents.ts';
import type { ObjectRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** `[/]bucket/key`, percent-encoded. Throws InvalidArgument; NotImplemented for a version. */
export const readSource = (header: string): ObjectName => {
  if (header.includes('?')) throw notImplemented('Copying a version of an object');
  const path = uriDecode(header).replace(/^\//, '');
  const slash = path.indexOf('/');
  if (slash < 1 || slash === path.length - 1) {
    throw new S3Error('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
  }
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
};

/** The object that x-amz-copy-source names, its conditions checked. Throws NoSuchKey, PreconditionFailed, … */
export const copySource = (store: Store, headers: Headers): ObjectRecord => {
  const record = requireObject(store.catalog, readSource(headers['x-amz-copy-source'] ?? ''));
  checkCopySource(record, headers);
  return record;
};

/** S3 copies at most 5 GiB in one request; more takes several copied parts. */
export const checkCopySize = (size: number): void => {
  if (size <= largestBody) return;
  const message = 'The specified copy source is larger than the maximum allowable size for a copy source';
  throw new S3Error('InvalidRequest', `${message}: ${largestBody}`);
};

/** Reads the content: the one case in which a copy costs time in proportion to its size. The extents must be held. */
export const digestExtents = async (
  blobs: Blobs,
  { extents, algorithm }: { extents: readonly Extent[]; algorithm: ChecksumAlgorithm },
): Promise<string> => {
  const running = startChecksum(algorithm);
  for await (const bytes of blobs.read(extents)) running.update(bytes);
  return running.digest().toString('base64');
};

/** Runs `work`, which takes over the hold on `extents` when it succeeds. */
export const holding = async <T>(blobs: Blobs, extents: readonly Extent[], work: () => Promise<T>): Promise<T> => {
  blobs.retain(extents);
  try {
    return await work();
  } catch (error) {
    await blobs.release(extents);
    throw error;
  }
};
