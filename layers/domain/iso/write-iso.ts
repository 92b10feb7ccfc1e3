import { sectorBytes } from './volume.ts';

/**
 * A writer of ISO 9660 (ECMA-119) images with one file in the root: what a configuration medium is. A name of level 1 is
 * enough, since Linux shows it in lower case and without its version. No time is in it: equal contents give equal bytes.
 */
interface File {
  /** Of level 1: upper case, 8.3. */
  readonly name: string;
  readonly content: Uint8Array;
}

const sectors = { descriptor: 16, terminator: 17, pathTables: [18, 19], root: 20, file: 21 } as const;
const rootName = Buffer.from([0]);
const parentName = Buffer.from([1]);
const rootPathTableBytes = 10;

const both16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(value, 0);
  bytes.writeUInt16BE(value, 2);
  return bytes;
};

const both32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(value, 0);
  bytes.writeUInt32BE(value, 4);
  return bytes;
};

interface Extent {
  readonly sector: number;
  readonly length: number;
  readonly isDirectory: boolean;
}

const directoryRecord = (name: Buffer, { sector, length, isDirectory }: Extent): Buffer => {
  const bytes = Buffer.alloc(33 + name.length + ((name.length + 1) % 2));
  bytes[0] = bytes.length;
  both32(sector).copy(bytes, 2);
  both32(length).copy(bytes, 10);
  bytes[25] = isDirectory ? 2 : 0;
  both16(1).copy(bytes, 28);
  bytes[32] = name.length;
  name.copy(bytes, 33);
  return bytes;
};

const root: Extent = { sector: sectors.root, length: sectorBytes, isDirectory: true };

const pathTable = (bigEndian: boolean): Buffer => {
  const bytes = Buffer.alloc(rootPathTableBytes);
  bytes[0] = 1;
  if (bigEndian) bytes.writeUInt32BE(sectors.root, 2);
  else bytes.writeUInt32LE(sectors.root, 2);
  if (bigEndian) bytes.writeUInt16BE(1, 6);
  else bytes.writeUInt16LE(1, 6);
  return bytes;
};

/** Places of texts that stay empty, and of times that are not given. */
const blanks = {
  texts: [
    [8, 72],
    [190, 813],
  ],
  times: [813, 830, 847, 864],
  timeDigits: 16,
} as const;

const primaryDescriptor = (label: string, sectorCount: number): Buffer => {
  const bytes = Buffer.alloc(sectorBytes);
  bytes.write('\x01CD001\x01', 0, 'latin1');
  for (const [start, end] of blanks.texts) bytes.fill(' ', start, end);
  for (const start of blanks.times) bytes.fill('0', start, start + blanks.timeDigits);
  bytes.write(label, 40, 'latin1');
  both32(sectorCount).copy(bytes, 80);
  for (const at of [120, 124]) both16(1).copy(bytes, at);
  both16(sectorBytes).copy(bytes, 128);
  both32(rootPathTableBytes).copy(bytes, 132);
  bytes.writeUInt32LE(sectors.pathTables[0], 140);
  bytes.writeUInt32BE(sectors.pathTables[1], 148);
  directoryRecord(rootName, root).copy(bytes, 156);
  bytes[881] = 1;
  return bytes;
};

/** @param label at most 32 characters; lower case is not of the standard, and what hosts look for */
export const writeIso = (label: string, { name, content }: File): Buffer => {
  const sectorCount = sectors.file + Math.ceil(content.length / sectorBytes);
  const image = Buffer.alloc(sectorCount * sectorBytes);
  const put = (sector: number, ...parts: readonly Uint8Array[]): void =>
    image.set(Buffer.concat(parts), sector * sectorBytes);
  put(sectors.descriptor, primaryDescriptor(label, sectorCount));
  put(sectors.terminator, Buffer.from('\xffCD001\x01', 'latin1'));
  put(sectors.pathTables[0], pathTable(false));
  put(sectors.pathTables[1], pathTable(true));
  const file = { sector: sectors.file, length: content.length, isDirectory: false };
  const records = [directoryRecord(rootName, root), directoryRecord(parentName, root)];
  put(sectors.root, ...records, directoryRecord(Buffer.from(`${name};1`, 'latin1'), file));
  put(sectors.file, content);
  return image;
};
