import { damaged } from './problem.ts';

const headerBytes = 4;
const isContinued = 1;
/** Names of the directory itself and of its parent hold no text. */
const isSpecial = 6;

/** The entries (System Use Sharing Protocol) of a record's system use area, each with its four bytes of header. */
function* entriesOf(area: Buffer, place: string): Generator<Buffer> {
  let at = 0;
  // An odd byte or zeros fill up the area.
  while (at + headerBytes <= area.length && area.readUInt8(at) !== 0) {
    const length = area.readUInt8(at + 2);
    if (length < headerBytes || at + length > area.length)
      throw damaged(place, 'has a system use entry of wrong length');
    yield area.subarray(at, at + length);
    at += length;
  }
}

/**
 * The name that Rock Ridge keeps in one or more NM entries; undefined if there is none, or if it goes on in another
 * sector (CE), as only names of well over 100 bytes do.
 *
 * @throws IsoProblem Damaged
 */
export const rockRidgeName = (systemUse: Buffer, place: string): string | undefined => {
  const parts: Buffer[] = [];
  for (const entry of entriesOf(systemUse, place)) {
    if (entry.toString('latin1', 0, 2) !== 'NM' || entry.length === headerBytes) continue;
    const flags = entry.readUInt8(headerBytes);
    if ((flags & isSpecial) !== 0) return undefined;
    parts.push(entry.subarray(headerBytes + 1));
    if ((flags & isContinued) === 0) return Buffer.concat(parts).toString('utf8');
  }
  return undefined;
};
