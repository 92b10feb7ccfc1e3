const sector = 2048;
/** Sectors of an image without any manifest: the real program writes so many at least. */
const fewestSectors = 28;

const both32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(value, 0);
  bytes.writeUInt32BE(value, 4);
  return bytes;
};

const both16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(value, 0);
  bytes.writeUInt16BE(value, 2);
  return bytes;
};

interface Record {
  readonly name: Buffer;
  readonly at: number;
  readonly length: number;
  readonly isDirectory: boolean;
  /** Rock Ridge's name. */
  readonly realName?: string;
}

const rockRidge = (name: string | undefined): Buffer =>
  name === undefined
    ? Buffer.alloc(0)
    : Buffer.concat([Buffer.from('NM'), Buffer.from([5 + name.length, 1, 0]), Buffer.from(name)]);

const directoryRecord = ({ name, at, length, isDirectory, realName }: Record): Buffer => {
  const body = Buffer.concat([
    Buffer.from([0]),
    both32(at),
    both32(length),
    Buffer.alloc(7),
    Buffer.from([isDirectory ? 2 : 0, 0, 0]),
    both16(1),
    Buffer.from([name.length]),
    name,
    Buffer.alloc(name.length % 2 === 0 ? 1 : 0),
    rockRidge(realName),
  ]);
  const padded = body.length % 2 === 0 ? Buffer.concat([body, Buffer.alloc(1)]) : body;
  return Buffer.concat([Buffer.from([padded.length + 1]), padded]);
};

const root: Record = { name: Buffer.from([0]), at: 19, length: sector, isDirectory: true };

const primary = (label: string, sectors: number): Buffer => {
  const bytes = Buffer.alloc(sector);
  bytes.writeUInt8(1, 0);
  bytes.write('CD001\x01', 1, 'latin1');
  bytes.fill(' ', 8, 72);
  bytes.write(label, 40, 'latin1');
  both32(sectors).copy(bytes, 80);
  both16(1).copy(bytes, 120);
  both16(1).copy(bytes, 124);
  both16(sector).copy(bytes, 128);
  directoryRecord(root).copy(bytes, 156);
  return bytes;
};

const terminator = (): Buffer => {
  const bytes = Buffer.alloc(sector);
  bytes.writeUInt8(255, 0);
  bytes.write('CD001\x01', 1, 'latin1');
  return bytes;
};

const place = (image: Buffer, at: number, ...parts: readonly Buffer[]): void => {
  Buffer.concat(parts).copy(image, at * sector);
};

/** An ISO 9660 image of one file in its root, with Rock Ridge's name for it. */
export const configIso = (label: string, name: string, content: Buffer): Buffer => {
  const at = 20;
  const sectors = Math.max(fewestSectors, at + Math.ceil(content.length / sector));
  const image = Buffer.alloc(sectors * sector);
  const file: Record = {
    name: Buffer.from(`${name.toUpperCase()};1`),
    at,
    length: content.length,
    isDirectory: false,
    realName: name,
  };
  place(image, 16, primary(label, sectors));
  place(image, 17, terminator());
  place(image, 19, directoryRecord(root), directoryRecord({ ...root, name: Buffer.from([1]) }), directoryRecord(file));
  place(image, at, content);
  return image;
};
