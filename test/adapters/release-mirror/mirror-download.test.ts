import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { downloadFile } from '#adapters/release-mirror/mirror-download.ts';
import { sha256 } from '#test/fakes/installer-archive.ts';
import { type Mirror, startMirror, type Trouble } from '#test/fakes/mirror-server.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const content = randomBytes(5_000_000);
/** Long enough for a mirror that is slow on a busy machine; for one that falls silent, a test gives less. */
const longSilence = 60_000;

const given = async (trouble: Trouble = {}): Promise<Mirror> => {
  const mirror = await startMirror();
  mirror.put('archive', content);
  mirror.trouble('archive', trouble);
  return mirror;
};

interface Asking {
  readonly name?: string;
  readonly signal?: AbortSignal;
  readonly stallMs?: number;
}

const download = async (mirror: Mirror, more: Asking = {}) => {
  const path = join(await temporaryFolder(), 'archive');
  const progress: (readonly [number, number | undefined])[] = [];
  const result = await downloadFile({
    url: `${mirror.url}/${more.name ?? 'archive'}`,
    path,
    patience: { stallMs: more.stallMs ?? longSilence, attempts: 3, firstDelayMs: 1 },
    signal: more.signal ?? new AbortController().signal,
    onProgress: (...step) => progress.push(step),
  });
  return { result, path, progress };
};

const whole = { sha256: sha256(content), size: content.length };

describe('a download', () => {
  it('writes the file, hashes it, and tells how far it is', async () => {
    const { result, path, progress } = await download(await given());
    expect(result).toEqual(whole);
    expect(sha256(await readFile(path))).toBe(sha256(content));
    expect(progress.at(-1)).toEqual([content.length, content.length]);
    expect(progress.map(([done]) => done)).toEqual(progress.map(([done]) => done).toSorted((a, b) => a - b));
  });

  it('gives undefined for a file that the mirror has not', async () => {
    expect((await download(await given(), { name: 'other' })).result).toBeUndefined();
  });

  it.each<[string, Trouble]>([
    ['is dropped', { drop: [2_000_000] }],
    ['is dropped again and again, but goes on each time', { drop: [1_200_000, 1_200_000, 1_200_000, 1_200_000] }],
    ['falls silent', { stall: [2_000_000] }],
  ])('asks for the rest alone when it %s', async (_, trouble) => {
    const mirror = await given(trouble);
    const { result, path } = await download(mirror, { stallMs: trouble.stall ? 500 : longSilence });
    expect(result).toEqual(whole);
    expect(sha256(await readFile(path))).toBe(sha256(content));
    const [first, ...rest] = mirror.ranges('archive');
    expect(first).toBeUndefined();
    expect(rest.length).toBeGreaterThan(0);
    for (const range of rest) expect(range).toMatch(/^bytes=[1-9]\d+-$/);
  });

  it('starts over where the mirror knows no ranges', async () => {
    const { result } = await download(await given({ drop: [2_000_000], ignoreRange: true }));
    expect(result).toEqual(whole);
  });

  it('starts over when the file was replaced meanwhile, and never mixes the two', async () => {
    const replacedBy = randomBytes(3_000_000);
    const { result, path } = await download(await given({ drop: [2_000_000], replacedBy }));
    expect(result).toEqual({ sha256: sha256(replacedBy), size: replacedBy.length });
    expect(sha256(await readFile(path))).toBe(sha256(replacedBy));
  });

  it.each([500, 503, 429])('tries again after HTTP %i', async (status) => {
    expect((await download(await given({ status: [status, status] }))).result).toEqual(whole);
  });

  it.each<[string, Trouble]>([
    ['drops at the same place for ever', { drop: [10, 10, 10, 10, 10, 10], ignoreRange: true }],
    ['starts over for ever', { drop: Array.from({ length: 9 }, () => 2_000_000), ignoreRange: true }],
    ['fails for ever', { status: [503, 503, 503, 503, 503, 503] }],
  ])('gives up on a mirror that %s', async (_, trouble) => {
    const mirror = await given(trouble);
    await expect(download(mirror)).rejects.toThrow(/archive cannot be downloaded \(.+, 3 times\): try again later/);
    expect(mirror.asked.length).toBeLessThanOrEqual(5);
  });

  it('gives up at once where another try would not help', async () => {
    const mirror = await given({ status: [401] });
    await expect(download(mirror)).rejects.toThrow('HTTP 401');
    expect(mirror.asked).toHaveLength(1);
  });

  it('stops when the operator stops it', async () => {
    const stopped = new AbortController();
    const mirror = await given({ stall: [10] });
    const running = download(mirror, { signal: stopped.signal });
    stopped.abort(new Error('stopped by SIGINT'));
    await expect(running).rejects.toThrow('stopped by SIGINT');
  });
});
