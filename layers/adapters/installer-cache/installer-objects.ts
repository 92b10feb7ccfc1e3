import type { Readable } from 'node:stream';
import type { Bucket } from '../bucket.ts';
import { readFirstPart, readFurtherPart } from './object-part.ts';
import { orderedParts } from './ordered-parts.ts';

/** Where the installers of all releases are kept. */
export interface InstallerObjects {
  /**
   * The object's bytes as stored; undefined when there is no such object. Little is fetched before they are read, and
   * what is under way ends when the stream is destroyed. It fails with ObjectReplaced rather than mix two objects.
   */
  readonly open: (key: string) => Promise<Readable | undefined>;
}

interface PartLimits {
  readonly partBytes: number;
  readonly partsAtATime: number;
  readonly stallMilliseconds: number;
}

/**
 * A Lambda function gets about 70 MB/s from S3, which one or two connections give: the others bridge the time to the
 * first byte of each part and a connection that is slow, and more of them only cost memory. Four of 8 MiB are 32 MiB, and
 * at 70 MB/s a part takes 0.5 s, ten times as long as S3 takes to answer. What is smaller is one request.
 */
const usualLimits: PartLimits = {
  partBytes: 8 * 1024 * 1024,
  partsAtATime: 4,
  stallMilliseconds: 10_000,
};

interface ReleaseBucket extends Bucket {
  readonly limits?: PartLimits;
}

export const installerObjects = ({ client, bucket, limits = usualLimits }: ReleaseBucket): InstallerObjects => ({
  open: async (key) => {
    const { partBytes, partsAtATime, stallMilliseconds } = limits;
    const stopped = new AbortController();
    const source = { client, bucket, key, stallMilliseconds, signal: stopped.signal };
    const first = await readFirstPart(source, partBytes);
    if (first === undefined) return undefined;
    const { bytes, size, etag } = first;
    return orderedParts({
      first: bytes,
      size,
      partBytes,
      partsAtATime,
      readPart: (range) => readFurtherPart(source, { ...range, etag }),
      stop: () => stopped.abort(),
    });
  },
});
