import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cpioArchive } from '#domain/ignition/cpio.ts';
import { packIgnition } from '#domain/ignition/packing.ts';

describe('a packed ignition', () => {
  const ignition = Buffer.from('{"ignition":{"version":"3.2.0"}}');

  it('is a gzipped archive with the one entry config.ign', () => {
    const archive = cpioArchive([{ name: 'config.ign', mode: 0o644, content: ignition }]);
    expect(gunzipSync(packIgnition(ignition))).toEqual(archive);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('of %i bytes more has a length that is a multiple of four', (more) => {
    expect(packIgnition(Buffer.concat([ignition, Buffer.from('abcdefg'.slice(0, more))])).length % 4).toBe(0);
  });

  it('holds no time', () => expect([...packIgnition(ignition).subarray(4, 8)]).toEqual([0, 0, 0, 0]));
});
