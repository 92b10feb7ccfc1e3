import { createHash } from 'node:crypto';
import type { Item } from './contents.ts';
import { keep, keptOf, type Revision } from './kept-revisions.ts';

export interface Changes {
  /** When the revision was made that this one is compared with. */
  readonly since: string;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

const hashOf = ({ text = '', size }: Item): string =>
  createHash('sha256')
    .update(Buffer.from(`${size} ${text}`))
    .digest('hex')
    .slice(0, 16);

const revisionOf = (updatedAt: string, items: readonly Item[]): Revision => ({
  updatedAt,
  hashes: Object.fromEntries(items.filter(({ isSecret }) => !isSecret).map((item) => [item.name, hashOf(item)])),
});

const changesBetween = ({ hashes: old, updatedAt }: Revision, { hashes }: Revision): Changes => ({
  since: updatedAt,
  added: Object.keys(hashes).filter((name) => old[name] === undefined),
  changed: Object.keys(hashes).filter((name) => old[name] !== undefined && old[name] !== hashes[name]),
  removed: Object.keys(old).filter((name) => hashes[name] === undefined),
});

/**
 * Remembers a revision, and says how it differs from the one before that this browser has seen; undefined where it has seen
 * none. Secrets are neither remembered nor compared.
 */
export const changesOf = (id: string, updatedAt: string, items: readonly Item[]): Changes | undefined => {
  const kept = keptOf(id);
  const last = revisionOf(updatedAt, items);
  const before = kept?.last.updatedAt === updatedAt ? kept.before : kept?.last;
  keep(id, before === undefined ? { last } : { last, before });
  return before === undefined ? undefined : changesBetween(before, last);
};
