import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ignitionPatch, imagePatches, kernelArgumentPatches } from '#domain/composition/image-patches.ts';
import type { IsoLayout } from '#domain/iso/iso-layout.ts';

const size = 32;

const layout: IsoLayout = {
  volumeId: 'rhcos-9.6.20250826-1',
  volumeSize: 60_000_000_000,
  ignition: { offset: 50_000_000_000, length: 4096 },
  kernelArguments: {
    default: 'rw quiet',
    present: 'rw quiet',
    size,
    areas: [
      { path: 'EFI/redhat/grub.cfg', offset: 6_000_000_000, end: '\n', pad: '#' },
      { path: 'isolinux/isolinux.cfg', offset: 100, end: ';', pad: ' ' },
    ],
  },
};

const { kernelArguments: _, ...withoutAreas } = layout;
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

describe('an ignition in its embed area', () => {
  const ignition = Buffer.from('{"ignition":{"version":"3.2.0"}}');

  it('is gzip, then zeros to the end of the area', () => {
    const { offset, bytes } = ignitionPatch(layout, ignition);
    expect(offset).toBe(50_000_000_000);
    expect(bytes).toHaveLength(4096);
    expect([...bytes.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
    expect(bytes.subarray(1000).every((byte) => byte === 0)).toBe(true);
  });

  it('is the same bytes every time: the header holds no time', () => {
    const { bytes } = ignitionPatch(layout, ignition);
    expect([...bytes.subarray(4, 8)]).toEqual([0, 0, 0, 0]);
    expect(ignitionPatch(layout, ignition).bytes).toEqual(bytes);
  });

  it('is refused when it packs to more than the area', () => {
    const noise = createHash('shake256', { outputLength: 5000 }).digest();
    expect(() => ignitionPatch(layout, noise)).toThrow(
      expect.objectContaining({
        name: 'IgnitionTooLarge',
        message: expect.stringMatching(/allowable size \(4 KiB\)$/),
      }),
    );
  });
});

describe('kernel arguments', () => {
  it('follow those of the image, in every area, ended and filled as that area wants it', () => {
    const [grub, isolinux, ...more] = kernelArgumentPatches(layout, ['console=ttyS0', 'a="b c"']);
    expect(more).toEqual([]);
    expect(grub?.offset).toBe(6_000_000_000);
    expect(text(grub?.bytes)).toBe('rw quiet console=ttyS0 a="b c"\n#');
    expect(isolinux?.offset).toBe(100);
    expect(text(isolinux?.bytes)).toBe('rw quiet console=ttyS0 a="b c"; ');
  });

  it.each([22, 23])('may be just shorter than the area: %i bytes', (length) => {
    const patch = () => kernelArgumentPatches(layout, ['x'.repeat(length)]);
    if (length === 22) expect(text(patch()[0]?.bytes)).toBe(`rw quiet ${'x'.repeat(22)}\n`);
    else expect(patch).toThrow('the kernel arguments take 32 bytes with those of the ISO, which has room for 31');
  });

  it('are counted in bytes', () => {
    expect(() => kernelArgumentPatches(layout, ['é'.repeat(12)])).toThrow(
      expect.objectContaining({ name: 'KernelArgumentsTooLong' }),
    );
  });

  it('change nothing when there are none', () => {
    expect(kernelArgumentPatches(layout, [])).toEqual([]);
    expect(kernelArgumentPatches(withoutAreas, [])).toEqual([]);
  });

  it('are refused when the image has no area for them', () => {
    expect(() => kernelArgumentPatches(withoutAreas, ['a'])).toThrow(
      expect.objectContaining({
        name: 'KernelArgumentsNotPossible',
        message: expect.stringContaining('the ISO rhcos-9.6.20250826-1 has no place for kernel arguments'),
      }),
    );
  });

  it('are refused when one would end the text', () => {
    expect(() => kernelArgumentPatches(layout, ['a;b'])).toThrow(expect.objectContaining({ name: 'InvalidInput' }));
  });
});

describe('the patches of an image', () => {
  it('are the ignition and the kernel arguments', () => {
    const ignition = Buffer.from('{}');
    expect(imagePatches(layout, { ignition, kernelArguments: ['a'] })).toEqual([
      ignitionPatch(layout, ignition),
      ...kernelArgumentPatches(layout, ['a']),
    ]);
  });
});
