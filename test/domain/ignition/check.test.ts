import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkRoom, embedAreaSize, ignitionBytes, packedSize } from '#domain/ignition/check.ts';
import type { Ignition } from '#domain/ignition/ignition.ts';

const version = { ignition: { version: '3.2.0' } } as const;

/** Hexadecimal digits that pack to about half their number. */
const incompressible = (length: number): string => {
  let text = '';
  for (let block = 0; text.length < length; block += 1)
    text += createHash('sha512').update(String(block)).digest('hex');
  return text.slice(0, length);
};

const withFile = (length: number): Ignition => ({
  ...version,
  storage: { files: [{ path: '/a', contents: { source: `data:,${incompressible(length)}` } }] },
});

describe('a finished ignition', () => {
  it('is one line of JSON', () => {
    expect(ignitionBytes(version).toString('utf8')).toBe('{"ignition":{"version":"3.2.0"}}');
  });

  it.each<[string, Omit<Ignition, 'ignition'>, string]>([
    ['two files of one path', { storage: { files: [{ path: '/a' }, { path: '/a' }] } }, 'path /a twice'],
    ['a file and a link', { storage: { files: [{ path: '/a' }], links: [{ path: '/a' }] } }, 'path /a twice'],
    [
      'a file and a directory',
      { storage: { files: [{ path: '/a' }], directories: [{ path: '/a' }] } },
      'path /a twice',
    ],
    ['two users', { passwd: { users: [{ name: 'core' }, { name: 'core' }] } }, 'user core twice'],
    ['two groups', { passwd: { groups: [{ name: 'g' }, { name: 'g' }] } }, 'group g twice'],
    ['two units', { systemd: { units: [{ name: 'a.service' }, { name: 'a.service' }] } }, 'unit a.service twice'],
    [
      'two drop-ins of a unit',
      { systemd: { units: [{ name: 'a.service', dropins: [{ name: 'b.conf' }, { name: 'b.conf' }] }] } },
      'drop-in of a.service b.conf twice',
    ],
  ])('has no %s', (_, parts, message) => {
    expect(() => ignitionBytes({ ...version, ...parts })).toThrow(message);
  });

  it('may have drop-ins of one name in two units', () => {
    const units = ['a.service', 'b.service'].map((name) => ({ name, dropins: [{ name: '10.conf' }] }));
    expect(() => ignitionBytes({ ...version, systemd: { units } })).not.toThrow();
  });
});

describe('the room in the ISO', () => {
  const check = (ignition: Ignition) => () => checkRoom(ignition, ignitionBytes(ignition));

  it('is measured packed: 1 MiB of one character fits', () => {
    const file = { path: '/a', contents: { source: `data:,${'a'.repeat(1024 * 1024)}` } };
    expect(check({ ...version, storage: { files: [file] } })).not.toThrow();
  });

  it('is filled to the last block and no further', () => {
    let [fits, tooLong] = [0, 1024 * 1024];
    while (tooLong - fits > 1) {
      const middle = Math.floor((fits + tooLong) / 2);
      const size = packedSize(Buffer.from(JSON.stringify(withFile(middle))));
      if (size <= embedAreaSize) fits = middle;
      else tooLong = middle;
    }
    expect(packedSize(ignitionBytes(withFile(fits)))).toBe(embedAreaSize);
    expect(check(withFile(fits))).not.toThrow();
    expect(check(withFile(tooLong))).toThrow(
      expect.objectContaining({ name: 'IgnitionTooLarge', status: 400, message: expect.stringContaining('(256 KiB)') }),
    );
  });

  it('is taken by what the refusal names, the biggest first', () => {
    const file = (path: string, length: number) => ({ path, contents: { source: `data:,${incompressible(length)}` } });
    const big = {
      ...version,
      storage: { files: [file('/etc/small', 1_000), file('/etc/large', 600_000), file('/etc/\u2028', 100_000)] },
      systemd: { units: [{ name: 'middle.service', contents: incompressible(200_000) }] },
    };
    expect(check(big)).toThrow(
      /^The ignition archive size \(\d+ KiB\) is over the maximum allowable size \(256 KiB\)\. What takes most: \/etc\/large \(\d{3} KiB\), unit middle\.service \(\d+ KiB\), \/etc\/\uFFFD \(\d+ KiB\)$/,
    );
  });
});
