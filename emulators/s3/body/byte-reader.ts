/** Reads a stream of buffers by lines and by counts, holding at most one buffer and one line. */
import { S3Error } from '../s3-errors.ts';

export type ByteReader = {
  /** The next line without its CRLF; undefined at the end. Throws IncompleteBody for a torn or overlong line. */
  line(): Promise<string | undefined>;
  /** At least one and at most `count` bytes. Throws IncompleteBody at the end. */
  atMost(count: number): Promise<Buffer>;
};

const longestLine = 4096;
const empty = Buffer.alloc(0);

export const byteReader = (source: AsyncIterable<Buffer>): ByteReader => {
  const iterator = source[Symbol.asyncIterator]();
  let rest: Buffer = empty;

  const more = async (): Promise<boolean> => {
    const next = await iterator.next();
    if (next.done === true) return false;
    rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
    return true;
  };

  const take = (count: number): Buffer => {
    const taken = rest.subarray(0, count);
    rest = rest.subarray(taken.length);
    return taken;
  };

  return {
    async line() {
      let end = rest.indexOf('\r\n');
      while (end < 0) {
        if (rest.length > longestLine) throw new S3Error('IncompleteBody', 'A chunk header is too long.');
        if (!(await more())) {
          if (rest.length > 0) throw new S3Error('IncompleteBody');
          return undefined;
        }
        end = rest.indexOf('\r\n');
      }
      const text = take(end).toString('latin1');
      take(2);
      return text;
    },
    async atMost(count) {
      while (rest.length === 0) if (!(await more())) throw new S3Error('IncompleteBody');
      return take(count);
    },
  };
};
