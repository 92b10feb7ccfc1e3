import { beforeEach, expect, it, vi } from 'vitest';
import type { Item } from '#web/inside/contents.ts';
import { forgetRevisions } from '#web/inside/kept-revisions.ts';
import { changesOf } from '#web/inside/revisions.ts';

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  });
  return () => vi.unstubAllGlobals();
});

const item = (name: string, text: string, isSecret = false): Item => ({
  kind: 'file',
  name,
  text,
  size: text.length,
  isSecret,
});

const first = [item('/a', 'a'), item('/b', 'b'), item('/secret', 'canary', true)];
const second = [item('/a', 'changed'), item('/c', 'c'), item('/secret', 'other', true)];
const changes = { since: '1', changed: ['/a'], added: ['/c'], removed: ['/b'] };

it('a revision is compared with the one before, however often it is looked at', () => {
  expect(changesOf('id', '1', first)).toBeUndefined();
  expect(changesOf('id', '2', second)).toEqual(changes);
  expect(changesOf('id', '2', second)).toEqual(changes);
  expect(changesOf('id', '3', second)).toEqual({ since: '2', changed: [], added: [], removed: [] });
  expect(changesOf('other', '1', first)).toBeUndefined();
});

it('no content is kept, nothing of a secret, and nothing of an ISO that is deleted', () => {
  changesOf('id', '1', first);
  const [text = ''] = kept.values();
  expect(Object.keys(JSON.parse(text).last.hashes)).toEqual(['/a', '/b']);
  expect(text).not.toContain('canary');
  forgetRevisions('id');
  expect(kept.size).toBe(0);
});

it('a browser that keeps nothing, or something else, is no failure', () => {
  kept.set('ove-ignition inside id', '{');
  expect(changesOf('id', '1', first)).toBeUndefined();
  vi.stubGlobal('localStorage', {
    getItem: () => null,
    setItem: () => {
      throw new Error('quota');
    },
  });
  expect(changesOf('id', '1', first)).toBeUndefined();
});
