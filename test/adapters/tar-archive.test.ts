import { text } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { tarArchive } from '#adapters/tar-archive.ts';

const read = async (archive: Buffer) => {
  const entries: { path: string; mode: number | undefined; text: string }[] = [];
  const reader = extract();
  reader.end(archive);
  for await (const entry of reader) {
    entries.push({ path: entry.header.name, mode: entry.header.mode, text: await text(entry) });
  }
  return entries;
};

describe('a tar archive', () => {
  const files = [
    { path: '/etc/assisted/network/host0/mac_interface.ini', mode: 0o600, text: '02:00:00:00:00:01=eth0\n' },
    { path: '/etc/assisted/network/host0/empty', mode: 0o644, text: '' },
    { path: `/etc/assisted/network/host0/${'n'.repeat(150)}.nmconnection`, mode: 0o600, text: 'ä' },
  ];

  it('gives back its files, also with long names', async () => {
    expect(await read(await tarArchive(files))).toEqual(files);
  });

  it('is the same for the same files', async () => {
    expect(await tarArchive(files)).toEqual(await tarArchive(files));
  });

  it('of nothing is an archive too: two empty blocks', async () => {
    expect(await tarArchive([])).toEqual(Buffer.alloc(1024));
  });
});
