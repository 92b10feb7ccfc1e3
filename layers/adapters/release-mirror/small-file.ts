import { CommandFailure } from '../command-failure.ts';
import { type Patience, piecesOf, request } from './mirror-request.ts';
import { persist } from './persistence.ts';

export interface MirrorAccess {
  readonly patience: Patience;
  /** Aborted when the operator stops the work. */
  readonly signal: AbortSignal;
}

/** Bytes. The checksums of a release are some kilobytes. */
const largest = 1024 * 1024;

/** A file that is held in memory; undefined when the mirror has none. @throws CommandFailure */
export const fetchSmallFile = (url: string, { patience, signal }: MirrorAccess): Promise<Buffer | undefined> =>
  persist({
    url,
    patience,
    signal,
    attempt: async (watch) => {
      const response = await request({ url, headers: {}, signal: watch.signal });
      if (response === undefined) return undefined;
      const chunks: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of piecesOf(response)) {
        watch.alive();
        chunks.push(chunk);
        length += chunk.length;
        if (length > largest) throw new CommandFailure(`${url} is too large for what it should be: try another mirror`);
      }
      return Buffer.concat(chunks);
    },
  });
