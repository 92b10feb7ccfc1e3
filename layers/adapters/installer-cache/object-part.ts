import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, S3ServiceException } from '@aws-sdk/client-s3';
import { type Bucket, statusOf } from '../bucket.ts';
import type { ByteRange } from './ordered-parts.ts';

interface PartSource extends Bucket {
  readonly key: string;
  /** So long may S3 send nothing before it is asked again. */
  readonly stallMilliseconds: number;
  readonly signal: AbortSignal;
}

interface WantedPart extends ByteRange {
  /** The part has to be of this very object; undefined for whichever is there. */
  readonly etag?: string | undefined;
}

export interface ObjectPart {
  /** Fewer than asked for when the object ends before. */
  readonly bytes: Buffer;
  /** Of the whole object. */
  readonly size: number;
  readonly etag: string | undefined;
}

/** The object is no longer the one whose beginning was read. */
export class ObjectReplaced extends Error {
  override readonly name = 'ObjectReplaced';

  constructor(key: string) {
    super(`${key} was replaced or removed while it was read: try again`);
  }
}

const collect = async (body: Readable, length: number, onChunk: () => void): Promise<Buffer> => {
  const bytes = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for await (const chunk of body) {
    onChunk();
    bytes.set(chunk, at);
    at += chunk.length;
  }
  if (at !== length) throw new Error('S3 sent less than it had announced');
  return bytes;
};

/** @throws Error when S3 does not answer with a range */
const sizeIn = (contentRange: string | undefined): number => {
  const [, size] = /^bytes \d+-\d+\/(\d+)$/.exec(contentRange ?? '') ?? [];
  if (size === undefined) throw new Error('S3 answered without the range that it was asked for');
  return Number(size);
};

const readOnce = async (
  { client, bucket, key, stallMilliseconds, signal }: PartSource,
  { start, end, etag }: WantedPart,
): Promise<ObjectPart> => {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new Error('S3 sends nothing')), stallMilliseconds);
  const abortSignal = AbortSignal.any([signal, stalled.signal]);
  try {
    const command = new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      Range: `bytes=${start}-${end - 1}`,
      IfMatch: etag,
    });
    const { Body, ContentRange, ETag } = await client.send(command, { abortSignal });
    if (!(Body instanceof Readable)) throw new Error('S3 answered without a stream');
    const size = sizeIn(ContentRange);
    return { bytes: await collect(Body, Math.min(end, size) - start, () => timer.refresh()), size, etag: ETag };
  } finally {
    clearTimeout(timer);
  }
};

const attempts = 3;

/** What broke on the way is worth another try; S3's own answers are not: the SDK has repeated what they allow. */
const readRepeatedly = async (source: PartSource, wanted: WantedPart): Promise<ObjectPart> => {
  for (let left = attempts - 1; ; left -= 1) {
    try {
      return await readOnce(source, wanted);
    } catch (error) {
      if (left === 0 || source.signal.aborted || error instanceof S3ServiceException) throw error;
    }
  }
};

/**
 * The object's beginning, up to so many bytes; undefined when there is no such object.
 *
 * @throws S3ServiceException, and what kept three attempts from getting it
 */
export const readFirstPart = async (source: PartSource, end: number): Promise<ObjectPart | undefined> => {
  try {
    return await readRepeatedly(source, { start: 0, end });
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    // No range of an empty object can be had.
    if (statusOf(error) === 416) return { bytes: Buffer.alloc(0), size: 0, etag: undefined };
    throw error;
  }
};

/** @throws ObjectReplaced, S3ServiceException, and what kept three attempts from getting it */
export const readFurtherPart = async (source: PartSource, wanted: WantedPart): Promise<Buffer> => {
  try {
    return (await readRepeatedly(source, wanted)).bytes;
  } catch (error) {
    if (error instanceof NoSuchKey || statusOf(error) === 412) throw new ObjectReplaced(source.key);
    throw error;
  }
};
