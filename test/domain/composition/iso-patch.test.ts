import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatches } from '#domain/composition/iso-patch.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const text = (piece: Uint8Array): string => Buffer.from(piece).toString();

describe('a piece of the patched image', () => {
  it.each([
    ['inside it', 13, '012AB56789'],
    ['at its first byte', 10, 'AB23456789'],
    ['up to its last byte', 18, '01234567AB'],
    ['from before it', 9, 'B123456789'],
    ['to behind it', 19, '012345678A'],
    ['right before it', 8, '0123456789'],
    ['right behind it', 20, '0123456789'],
  ])('has the patch %s', (_, offset, expected) => {
    const piece = { start: 10, bytes: bytes('0123456789') };
    expect(text(applyPatches(piece, [{ offset, bytes: bytes('AB') }]))).toBe(expected);
  });
});

describe('a patched image', () => {
  it('is the same whatever the pieces it is made in', () => {
    const patch = fc.record({ offset: fc.nat(60), bytes: fc.uint8Array({ minLength: 1, maxLength: 20 }) });
    fc.assert(
      fc.property(fc.array(patch, { maxLength: 3 }), fc.integer({ min: 1, max: 100 }), (patches, step) => {
        const base = Buffer.from(Array.from({ length: 100 }, (_, index) => index));
        const pieces: Uint8Array[] = [];
        for (let start = 0; start < base.length; start += step) {
          pieces.push(applyPatches({ start, bytes: base.subarray(start, start + step) }, patches));
        }
        expect(Buffer.concat(pieces)).toEqual(Buffer.from(applyPatches({ start: 0, bytes: base }, patches)));
      }),
    );
  });

  it('leaves the base as it was', () => {
    const base = bytes('abc');
    expect(text(applyPatches({ start: 0, bytes: base }, [{ offset: 1, bytes: bytes('X') }]))).toBe('aXc');
    expect(text(base)).toBe('abc');
  });
});
