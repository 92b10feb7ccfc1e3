import { both32 } from './both-endian.ts';
import type { Extent } from './image.ts';
import { damaged } from './problem.ts';
import { rockRidgeName } from './rock-ridge.ts';
import { sectorBytes } from './volume.ts';

export interface DirectoryRecord {
  /** Without version and without the dot of an empty extension: `IGNINFO.JSO` of `IGNINFO.JSO;1`. */
  readonly isoName: string;
  readonly rockRidgeName: string | undefined;
  readonly isDirectory: boolean;
  /** Whether the file's bytes lie in one piece. */
  readonly isContiguous: boolean;
  readonly extent: Extent;
}

const nameAt = 33;
const flag = { directory: 2, moreExtents: 0x80 } as const;

const parseRecord = (record: Buffer, place: string): DirectoryRecord => {
  const [flags = 0, unitSize = 0, gapSize = 0] = record.subarray(25, 28);
  const nameEnd = nameAt + record.readUInt8(32);
  if (nameEnd === nameAt || nameEnd > record.length) throw damaged(place, 'has a name that does not fit in it');
  const extended = record.readUInt8(1);
  const sector = both32(record, { at: 2, name: `${place} sector` });
  return {
    isoName: record.toString('latin1', nameAt, nameEnd).replace(/;\d+$/, '').replace(/\.$/, ''),
    // An even name is followed by a byte that fills up.
    rockRidgeName: rockRidgeName(record.subarray(nameEnd + (nameEnd % 2)), place),
    isDirectory: (flags & flag.directory) !== 0,
    isContiguous: (flags & flag.moreExtents) === 0 && unitSize === 0 && gapSize === 0,
    extent: {
      offset: (sector + extended) * sectorBytes,
      length: both32(record, { at: 10, name: `${place} length` }),
    },
  };
};

/**
 * The records of a directory but those of itself and its parent.
 *
 * @param path for messages
 * @throws IsoProblem Damaged
 */
export function* recordsOf(directory: Buffer, path: string): Generator<DirectoryRecord> {
  let at = 0;
  while (at < directory.length) {
    const sectorEnd = Math.min(at - (at % sectorBytes) + sectorBytes, directory.length);
    const length = directory.readUInt8(at);
    if (length === 0) {
      at = sectorEnd;
      continue;
    }
    const place = `the directory ${path}: the record at byte ${at}`;
    if (length <= nameAt || at + length > sectorEnd) throw damaged(place, `has the length ${length}`);
    const record = directory.subarray(at, at + length);
    const isSelfOrParent = record.readUInt8(32) === 1 && record.readUInt8(nameAt) <= 1;
    if (!isSelfOrParent) yield parseRecord(record, place);
    at += length;
  }
}
