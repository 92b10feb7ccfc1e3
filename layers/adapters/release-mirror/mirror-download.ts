import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { CommandFailure } from '../command-failure.ts';
import { Interrupted, piecesOf, request } from './mirror-request.ts';
import { type AttemptSignal, persist } from './persistence.ts';
import type { MirrorAccess } from './small-file.ts';

/** Told after each piece: bytes so far, and of the whole where the mirror has said it. */
export type Progress = (done: number, total: number | undefined) => void;

interface Download extends MirrorAccess {
  readonly url: string;
  /** A file that does not exist yet. */
  readonly path: string;
  readonly onProgress: Progress;
}

interface Downloaded {
  /** Lower-case hex SHA-256 of the file. */
  readonly sha256: string;
  readonly size: number;
}

/** A download under way. What was received is in the file and in the hash. */
interface State {
  readonly file: FileHandle;
  hash: Hash;
  received: number;
  total: number | undefined;
  /** Tells the mirror which file the rest is asked of: a strong ETag or the time of the last change. */
  validator: string | undefined;
}

/** Bytes. Archives of official releases have a few hundred MB. */
const largest = 4 * 1024 ** 3;

/** Bytes that an interrupted attempt must have brought for its successors to be worth as much patience as the first. */
const noticeableGain = 1024 * 1024;

const restart = async (state: State): Promise<void> => {
  await state.file.truncate(0);
  state.hash = createHash('sha256');
  state.received = 0;
};

const rangeHeaders = ({ received, validator }: State): Record<string, string> =>
  received === 0 ? {} : { range: `bytes=${received}-`, ...(validator === undefined ? {} : { 'if-range': validator }) };

const strong = (etag: string | null): string | undefined => (etag === null || etag.startsWith('W/') ? undefined : etag);

const lengthOf = (text: string | null | undefined): number | undefined =>
  text != null && /^\d+$/.test(text) ? Number(text) : undefined;

/** Makes what the mirror answered fit what is there already: the rest of it, or the whole from the start. */
const align = async (state: State, { status, headers }: Response): Promise<void> => {
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
  if (status === 206 && Number(range?.[1]) === state.received) {
    state.total = lengthOf(range?.[2]);
    return;
  }
  await restart(state);
  if (status !== 200) throw new Interrupted('the mirror offers another part of the file than the one asked for');
  state.total = lengthOf(headers.get('content-length'));
  state.validator = strong(headers.get('etag')) ?? headers.get('last-modified') ?? undefined;
};

const take = async (state: State, chunk: Uint8Array): Promise<void> => {
  if (state.received + chunk.length > largest)
    throw new CommandFailure('the mirror sends more than 4 GiB: try another one');
  for (let written = 0; written < chunk.length; ) {
    written += (await state.file.write(chunk, written, undefined, state.received + written)).bytesWritten;
  }
  state.hash.update(chunk);
  state.received += chunk.length;
};

const receive = async (state: State, { onProgress }: Download, response: Response, alive: () => void) => {
  for await (const chunk of piecesOf(response)) {
    alive();
    await take(state, chunk);
    onProgress(state.received, state.total);
  }
  if (state.total !== undefined && state.received < state.total) throw new Interrupted('the connection ended early');
};

/** True when this attempt brought the file to its end, false when the mirror has no such file. */
const attempt = async (state: State, download: Download, watch: AttemptSignal) => {
  if (state.received > 0 && state.received === state.total) return true;
  const response = await request({ url: download.url, headers: rangeHeaders(state), signal: watch.signal });
  if (response === undefined) return false;
  try {
    await align(state, response);
  } catch (error) {
    await response.body?.cancel();
    throw error;
  }
  await receive(state, download, response, watch.alive);
  return true;
};

/** Counts what is further than any attempt came: a mirror that starts over each time gains nothing. */
const gainOf = (state: State): (() => boolean) => {
  let furthest = 0;
  return () => {
    const gained = state.received >= furthest + noticeableGain;
    furthest = Math.max(furthest, state.received);
    return gained;
  };
};

/**
 * Writes a file of a mirror to disk and hashes it on the way; a dropped or stalled connection is resumed where it ended.
 * undefined when the mirror has no such file.
 *
 * @throws CommandFailure
 */
export const downloadFile = async (download: Download): Promise<Downloaded | undefined> => {
  const { url, path, patience, signal } = download;
  const file = await open(path, 'wx', 0o600);
  try {
    const state: State = { file, hash: createHash('sha256'), received: 0, total: undefined, validator: undefined };
    const found = await persist({
      url,
      patience,
      signal,
      attempt: (watch) => attempt(state, download, watch),
      gained: gainOf(state),
    });
    return found ? { sha256: state.hash.digest('hex'), size: state.received } : undefined;
  } finally {
    await file.close();
  }
};
