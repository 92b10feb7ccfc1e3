import { open, readFile } from 'node:fs/promises';

interface Stretching {
  /** A small image, with Rock Ridge names or without. */
  readonly iso: string;
  /** Where the large one goes. */
  readonly path: string;
  /** Bytes; a whole number of sectors. */
  readonly size: number;
  /** How many bytes further back everything behind the volume descriptors lies; a whole number of sectors. */
  readonly shift: number;
}

const sector = 2048;
const firstDescriptor = 16;
const rootRecord = 156;
const terminator = 255;

/** Adds to a number of 32 bits in both byte orders. */
const addBoth32 = (bytes: Buffer, at: number, sectors: number): void => {
  const value = bytes.readUInt32LE(at) + sectors;
  bytes.writeUInt32LE(value, at);
  bytes.writeUInt32BE(value, at + 4);
};

/** Entries of Rock Ridge that go on elsewhere (CE) say where. */
const moveContinuations = (systemUse: Buffer, sectors: number): void => {
  for (let at = 0; at + 4 <= systemUse.length; ) {
    const length = systemUse.readUInt8(at + 2);
    if (length < 4) return;
    if (systemUse.toString('latin1', at, at + 2) === 'CE') addBoth32(systemUse, at + 4, sectors);
    at += length;
  }
};

const recordsOf = (directory: Buffer): Buffer[] => {
  const records: Buffer[] = [];
  for (let at = 0; at < directory.length; ) {
    const length = directory.readUInt8(at);
    if (length > 0) records.push(directory.subarray(at, at + length));
    at = length > 0 ? at + length : at - (at % sector) + sector;
  }
  return records;
};

/** Moves what a directory's records name, and goes down into the directories among it. */
const moveDirectory = (image: Buffer, record: Buffer, sectors: number): void => {
  const start = record.readUInt32LE(2) * sector;
  for (const each of recordsOf(image.subarray(start, start + record.readUInt32LE(10)))) {
    const nameEnd = 33 + each.readUInt8(32);
    const isSelfOrParent = each.readUInt8(32) === 1 && each.readUInt8(33) <= 1;
    const isDirectory = (each.readUInt8(25) & 2) !== 0;
    if (isDirectory && !isSelfOrParent) moveDirectory(image, each, sectors);
    addBoth32(each, 2, sectors);
    moveContinuations(each.subarray(nameEnd + (nameEnd % 2)), sectors);
  }
};

const movePathTables = (descriptor: Buffer, sectors: number): void => {
  descriptor.writeUInt32LE(descriptor.readUInt32LE(140) + sectors, 140);
  descriptor.writeUInt32BE(descriptor.readUInt32BE(148) + sectors, 148);
};

const endOfDescriptors = (image: Buffer): number => {
  let index = firstDescriptor;
  while (image[index * sector] !== terminator) index += 1;
  return (index + 1) * sector;
};

/**
 * Makes a large image of a small one: the same files, moved back, with holes before and behind them, so that it takes no
 * more room on the disk. The entries of the path tables are left as they are: they are read by boot loaders alone.
 */
export const stretchIso = async ({ iso, path, size, shift }: Stretching): Promise<void> => {
  const image = await readFile(iso);
  const [sectors, cut] = [shift / sector, endOfDescriptors(image)];
  const descriptor = image.subarray(firstDescriptor * sector, (firstDescriptor + 1) * sector);
  const root = descriptor.subarray(rootRecord, rootRecord + 34);
  moveDirectory(image, root, sectors);
  addBoth32(root, 2, sectors);
  addBoth32(descriptor, 80, size / sector - descriptor.readUInt32LE(80));
  movePathTables(descriptor, sectors);
  await using file = await open(path, 'wx');
  await file.write(image, 0, cut, 0);
  await file.write(image, cut, image.length - cut, cut + shift);
  await file.truncate(size);
};
