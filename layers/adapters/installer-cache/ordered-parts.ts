import { Readable } from 'node:stream';

/** Bytes of an object from `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

interface PartedObject {
  /** The bytes at its beginning, which are here already. */
  readonly first: Buffer;
  /** Of the whole object. */
  readonly size: number;
  readonly partBytes: number;
  /** Parts in memory at a time, the one that the reader is at among them. */
  readonly partsAtATime: number;
  readonly readPart: (range: ByteRange) => Promise<Buffer>;
  /** Called once, when nothing more will be read: what is under way need not go on. */
  readonly stop: () => void;
}

/**
 * The object's bytes in order, while its next parts are on their way. A part is asked for when the reader has taken the
 * one before: whatever the object's size and the reader's pace, no more than so many parts are in memory. The first
 * part that fails ends it.
 */
export const orderedParts = ({ first, size, partBytes, partsAtATime, readPart, stop }: PartedObject): Readable => {
  const ahead = first.length === 0 ? [] : [Promise.resolve(first)];
  let asked = first.length;

  const askForNext = () => {
    const range = { start: asked, end: Math.min(asked + partBytes, size) };
    asked = range.end;
    const part = readPart(range);
    // Not only at its turn: the parts before it would be read for nothing.
    part.catch((error) => stream.destroy(error));
    ahead.push(part);
  };

  const stream = new Readable({
    // A stream of its own accord reads one chunk ahead of its reader, which would be one part too many.
    highWaterMark: 0,
    read: () => {
      while (ahead.length < partsAtATime && asked < size) askForNext();
      const next = ahead.shift() ?? null;
      Promise.resolve(next).then(
        (bytes) => stream.push(bytes),
        () => undefined,
      );
    },
    destroy: (error, done) => {
      stop();
      done(error);
    },
  });
  return stream;
};
