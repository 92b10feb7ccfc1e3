import { CommandFailure } from '#adapters/command-failure.ts';
import { Interrupted, piecesOf, request, withoutQuery } from '#adapters/release-mirror/mirror-request.ts';
import { persist } from '#adapters/release-mirror/persistence.ts';
import type { MirrorAccess } from '#adapters/release-mirror/small-file.ts';
import type { Extent } from '#domain/iso/image.ts';
import type { IsoSource } from './source.ts';

interface Piece {
  readonly bytes: Buffer;
  /** Of the whole file. */
  readonly size: number;
  readonly validator: string;
}

const useless = (url: string, reason: string): CommandFailure =>
  new CommandFailure(`the server of ${withoutQuery(url)} ${reason}: download the ISO, then give it with --file`);

/** The size of the file, if the response is the piece of it that was asked for. */
const sizeOf = ({ status, headers }: Response, { offset, length }: Extent): number | undefined => {
  const [, start, end, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
  const isAsked = status === 206 && Number(start) === offset && Number(end) < offset + length;
  return isAsked ? Number(size) : undefined;
};

const validatorOf = ({ headers }: Response): string | undefined => {
  const told = [headers.get('etag'), headers.get('last-modified')].filter((value) => value !== null);
  return told.length === 0 ? undefined : `url ${told.join(' ')}`;
};

/** No more than was asked for is kept, whatever the server sends. */
const contentOf = async (response: Response, expected: number, alive: () => void): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of piecesOf(response)) {
    alive();
    chunks.push(chunk);
    received += chunk.length;
    if (received > expected) throw new Interrupted('the server sends more than was asked for');
  }
  if (received < expected) throw new Interrupted('the connection was dropped');
  return Buffer.concat(chunks);
};

/** Of a file that ends before what was asked for. */
const nothing: Piece = { bytes: Buffer.alloc(0), size: 0, validator: '' };

/** What a server has sent as a range of a file. @throws CommandFailure when it is none, or of no known state of the file */
const pieceOf = async (response: Response, extent: Extent, { url, alive }: { url: string; alive: () => void }) => {
  const [size, validator] = [sizeOf(response, extent), validatorOf(response)];
  if (size !== undefined && validator !== undefined) {
    const expected = Math.min(extent.length, size - extent.offset);
    return { bytes: await contentOf(response, expected, alive), size, validator };
  }
  await response.body?.cancel();
  if (response.status === 416) return nothing;
  throw useless(url, size === undefined ? 'does not serve ranges' : 'sends neither ETag nor Last-Modified');
};

/** One range of a file. @throws CommandFailure when there is no such file, or the server does not serve ranges */
const fetchRange = (url: string, extent: Extent, access: MirrorAccess): Promise<Piece> =>
  persist({
    ...access,
    url,
    attempt: async ({ signal, alive }) => {
      const headers = { range: `bytes=${extent.offset}-${extent.offset + extent.length - 1}` };
      const response = await request({ url, headers, signal });
      if (response !== undefined) return pieceOf(response, extent, { url, alive });
      throw new CommandFailure(`${withoutQuery(url)} is not there, or not for everyone: check the address`);
    },
  });

/** An ISO on a web server, read in ranges: nothing of it is kept on this machine. @throws CommandFailure */
export const urlSource = async (url: string, access: MirrorAccess): Promise<IsoSource> => {
  const { size, validator } = await fetchRange(url, { offset: 0, length: 1 }, access);
  return {
    size,
    validator,
    read: async (offset, length) => {
      const piece = await fetchRange(url, { offset, length }, access);
      if (piece.size !== size || piece.validator !== validator) {
        throw new CommandFailure(`${withoutQuery(url)} was replaced while it was read: start again`);
      }
      return piece.bytes;
    },
    close: async () => undefined,
  };
};
