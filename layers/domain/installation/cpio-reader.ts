/**
 * A reader of cpio archives in the newc format without checksums (`070701`).
 *
 * Read: names, permission bits and contents of regular files. Passed over: directories. Refused: links, devices, and
 * archives whose sizes do not fit.
 */
export interface ArchivedFile {
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly content: Buffer;
}

const headerBytes = 110;
const alignment = 4;
const trailer = 'TRAILER!!!';
const kinds = { mask: 0o170000, file: 0o100000, directory: 0o040000 } as const;

const aligned = (offset: number): number => Math.ceil(offset / alignment) * alignment;

const damaged = (reason: string): Error => new Error(`the archive of the configuration image ${reason}`);

interface Entry {
  readonly name: string;
  readonly mode: number;
  readonly content: Buffer;
  readonly end: number;
}

const readEntry = (archive: Buffer, at: number): Entry => {
  const header = archive.toString('latin1', at, at + headerBytes);
  if (!/^070701[0-9A-Fa-f]{104}$/.test(header)) throw damaged('has something else where a file has to begin');
  const field = (index: number): number => Number.parseInt(header.slice(6 + 8 * index, 14 + 8 * index), 16);
  const [mode, size, nameSize] = [field(1), field(6), field(11)];
  const contentAt = aligned(at + headerBytes + nameSize);
  const end = contentAt + size;
  if (nameSize === 0 || end > archive.length) throw damaged('is cut off');
  const name = archive.toString('utf8', at + headerBytes, at + headerBytes + nameSize - 1);
  return { name, mode, content: archive.subarray(contentAt, end), end: aligned(end) };
};

const absolute = (name: string): string => (name.startsWith('/') ? name : `/${name.replace(/^\.\//, '')}`);

/** The regular files of an archive, in its order. @throws Error when it cannot be read, with nothing of its contents */
export const readCpio = (archive: Buffer): readonly ArchivedFile[] => {
  const files: ArchivedFile[] = [];
  for (let at = 0; ; ) {
    const { name, mode, content, end } = readEntry(archive, at);
    if (name === trailer) return files;
    const kind = mode & kinds.mask;
    if (kind === kinds.file) files.push({ path: absolute(name), mode: mode & 0o7777, content });
    else if (kind !== kinds.directory) throw damaged('holds a link or a device');
    at = end;
  }
};
