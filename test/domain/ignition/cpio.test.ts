import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpioArchive } from '#domain/ignition/cpio.ts';

interface Read {
  readonly name: string;
  readonly mode: number;
  readonly content: Buffer;
}

/** An independent reader of the newc format: fixed offsets, as in its specification. */
const readArchive = (archive: Buffer): Read[] => {
  const entries: Read[] = [];
  for (let at = 0; ; ) {
    expect(archive.toString('latin1', at, at + 6)).toBe('070701');
    const field = (index: number) =>
      Number.parseInt(archive.toString('latin1', at + 6 + index * 8, at + 14 + index * 8), 16);
    const [mode, size, nameSize] = [field(1), field(6), field(11)];
    const contentAt = Math.ceil((at + 110 + nameSize) / 4) * 4;
    expect(archive[at + 110 + nameSize - 1]).toBe(0);
    const name = archive.toString('utf8', at + 110, at + 110 + nameSize - 1);
    const end = Math.ceil((contentAt + size) / 4) * 4;
    if (name === 'TRAILER!!!') {
      expect(end).toBe(archive.length);
      return entries;
    }
    entries.push({ name, mode, content: archive.subarray(contentAt, contentAt + size) });
    at = end;
  }
};

const entry = fc.record({
  name: fc.stringMatching(/^[a-zäß.]{1,12}$/),
  mode: fc.integer({ min: 0, max: 0o777 }),
  content: fc.uint8Array({ maxLength: 40 }),
});

describe('a cpio archive', () => {
  it('gives back its entries, whatever their length', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
        expect(readArchive(cpioArchive(entries))).toEqual(
          entries.map(({ name, mode, content }) => ({ name, mode: 0o100000 | mode, content: Buffer.from(content) })),
        );
      }),
    );
  });

  it('holds folders and links too', () => {
    const entries = [
      { type: 'directory', name: 'etc', mode: 0o755, content: new Uint8Array() },
      { type: 'link', name: 'etc/a', mode: 0o777, content: Buffer.from('../b') },
    ] as const;
    expect(readArchive(cpioArchive(entries))).toEqual([
      { name: 'etc', mode: 0o040755, content: Buffer.alloc(0) },
      { name: 'etc/a', mode: 0o120777, content: Buffer.from('../b') },
    ]);
  });

  it('is the same for the same entries', () => {
    const one = { name: 'config.ign', mode: 0o644, content: Buffer.from('{}') };
    expect(cpioArchive([one])).toEqual(cpioArchive([{ ...one }]));
  });

  it('has these bytes', () => {
    const header = (mode: string, size: string, nameSize: string, inode: string) =>
      `070701${inode}${mode}${'0'.repeat(16)}00000001${'0'.repeat(8)}${size}${'0'.repeat(32)}${nameSize}${'0'.repeat(8)}`;
    expect(cpioArchive([{ name: 'config.ign', mode: 0o644, content: Buffer.from('abc') }]).toString('latin1')).toBe(
      `${header('000081a4', '00000003', '0000000b', '00000001')}config.ign\0\0\0\0abc\0` +
        `${header('00000000', '00000000', '0000000b', '00000000')}TRAILER!!!\0\0\0\0`,
    );
  });
});
