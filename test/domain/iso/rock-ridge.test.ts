import { describe, expect, it } from 'vitest';
import { rockRidgeName } from '#domain/iso/rock-ridge.ts';

const entry = (signature: string, ...content: (number | string)[]): Buffer => {
  const data = Buffer.concat(
    content.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part))),
  );
  return Buffer.concat([Buffer.from(signature), Buffer.from([4 + data.length, 1]), data]);
};

const nameIn = (...entries: Buffer[]) => rockRidgeName(Buffer.concat(entries), 'the record');

describe('a Rock Ridge name', () => {
  it.each<[string, Buffer[], string | undefined]>([
    ['in one entry', [entry('PX', 'modes'), entry('NM', 0, 'kargs.json'), Buffer.alloc(1)], 'kargs.json'],
    [
      'in several',
      [entry('NM', 1, 'kar'), entry('TF', 'times'), entry('NM', 1, 'gs.'), entry('NM', 0, 'json')],
      'kargs.json',
    ],
    ['that is not there', [entry('PX', 'modes')], undefined],
    ['without an area for it', [], undefined],
    ['that goes on in another sector', [entry('NM', 1, 'kargs'), entry('CE', 'where')], undefined],
    ['of the directory itself', [entry('NM', 2)], undefined],
    ['behind the end of the entries', [Buffer.alloc(4), entry('NM', 0, 'late')], undefined],
    ['in an entry of nothing', [entry('NM')], undefined],
  ])('%s', (_, entries, name) => expect(nameIn(...entries)).toBe(name));

  it.each([3, 200])('in an entry that claims %i bytes is damaged', (length) => {
    const broken = entry('NM', 0, 'kargs.json');
    broken.writeUInt8(length, 2);
    expect(() => nameIn(broken)).toThrow('the ISO is damaged: the record has a system use entry of wrong length');
  });
});
