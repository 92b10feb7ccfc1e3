/** One node of an archive; the kernel makes no directory that has no entry before its files. */
export interface ArchiveEntry {
  /** A regular file by default. */
  readonly type?: keyof typeof types;
  readonly name: string;
  /** Permission bits only. */
  readonly mode: number;
  /** Of a link: where it leads to. Of a directory: nothing. */
  readonly content: Uint8Array;
}

const magic = '070701';
const types = { file: 0o100000, directory: 0o040000, link: 0o120000 } as const;
const alignment = 4;
const largestField = 0xffff_ffff;

const padding = (length: number): Buffer => Buffer.alloc((alignment - (length % alignment)) % alignment);

const padded = (bytes: Uint8Array): Uint8Array[] => [bytes, padding(bytes.length)];

interface Header {
  readonly inode: number;
  readonly mode: number;
  readonly links: number;
  readonly size: number;
}

// Owner, group, time and devices are zero, so that equal entries give equal bytes.
const header = (name: Uint8Array, { inode, mode, links, size }: Header): Buffer => {
  const fields = [inode, mode, 0, 0, links, 0, size, 0, 0, 0, 0, name.length, 0];
  if (fields.some((field) => field > largestField)) throw new RangeError('a cpio entry is under 4 GiB');
  return Buffer.from(magic + fields.map((field) => field.toString(16).padStart(8, '0')).join(''), 'latin1');
};

const record = (name: string, { content, ...fields }: Omit<Header, 'size'> & { content: Uint8Array }): Uint8Array[] => {
  const terminated = Buffer.from(`${name}\0`, 'utf8');
  const front = Buffer.concat([header(terminated, { ...fields, size: content.length }), terminated]);
  return [...padded(front), ...padded(content)];
};

/** An archive in cpio's newc format (`cpio -H newc`, kernel's initramfs buffer format); all of root. */
export const cpioArchive = (entries: readonly ArchiveEntry[]): Buffer =>
  Buffer.concat([
    ...entries.flatMap(({ type = 'file', name, mode, content }, index) =>
      record(name, { inode: index + 1, mode: types[type] | mode, links: type === 'directory' ? 2 : 1, content }),
    ),
    ...record('TRAILER!!!', { inode: 0, mode: 0, links: 1, content: new Uint8Array() }),
  ]);
