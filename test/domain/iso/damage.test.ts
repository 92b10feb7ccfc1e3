import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IsoReason } from '#domain/iso/problem.ts';
import { readIsoLayout } from '#domain/iso/read-layout.ts';
import { coreOsIso, kernelArgumentsJson } from '#local/sample-release/core-os-iso.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { hasTools } from '#test/tools.ts';
import { changed, imageOf, recordAt, writeBoth32 } from './images.ts';

const descriptor = 16 * 2048;

let folder: string;
let whole: Buffer;
beforeAll(async () => {
  folder = await sharedFolder();
  whole = await readFile(await coreOsIso({ folder }));
});

interface Problem {
  readonly reason: IsoReason;
  readonly message: string;
}

const expectProblem = async (bytes: Buffer, { reason, message }: Problem): Promise<void> => {
  const problem = await readIsoLayout(imageOf(bytes)).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(problem).toMatchObject({ name: 'IsoProblem', reason });
  expect(problem).toHaveProperty('message', expect.stringContaining(message));
};

describe.runIf(hasTools('xorriso'))('an image with one wrong byte', () => {
  it.each<[string, (bytes: Buffer) => void, IsoReason, string]>([
    [
      'in the mark of the first descriptor',
      (bytes) => bytes.write('X', descriptor + 1),
      'NotIso9660',
      'this is not an ISO 9660 image: it has no volume descriptor in sector 16',
    ],
    [
      'in the type of the primary descriptor',
      (bytes) => bytes.writeUInt8(2, descriptor),
      'Damaged',
      'the ISO is damaged: the list of volume descriptors has no primary one',
    ],
    [
      'in the block size',
      (bytes) => bytes.writeUInt8(1, descriptor + 128),
      'Damaged',
      'the ISO is damaged: the primary volume descriptor: block size is 2049 in one byte order and 2048 in the other',
    ],
    [
      "in the root directory's sector",
      (bytes) => bytes.writeUInt8(0xff, descriptor + 156 + 5),
      'Damaged',
      "the primary volume descriptor: root directory's sector is",
    ],
    [
      "in the root directory's length",
      (bytes) => writeBoth32(bytes, 0x4000_0000, descriptor + 156 + 10),
      'TooLarge',
      'the directory / has 1073741824 bytes, more than the 262144 that are read',
    ],
    [
      'in the length of a record',
      (bytes) => bytes.writeUInt8(20, recordAt(bytes, 'IGNINFO.JSON;1')),
      'Damaged',
      'the ISO is damaged: the directory /coreos: the record at byte',
    ],
    [
      'in the name length of a record',
      (bytes) => bytes.writeUInt8(250, recordAt(bytes, 'IGNINFO.JSON;1') + 32),
      'Damaged',
      'has a name that does not fit in it',
    ],
    [
      'in a Rock Ridge entry',
      (bytes) => bytes.writeUInt8(2, bytes.indexOf('igninfo.json', descriptor) - 3),
      'Damaged',
      'has a system use entry of wrong length',
    ],
    [
      'in the flags of a file',
      (bytes) => bytes.writeUInt8(0x80, recordAt(bytes, 'IGNITION.IMG;1') + 25),
      'NotSupported',
      'images/ignition.img in the ISO lies in several pieces',
    ],
    [
      'in the syntax of igninfo.json',
      (bytes) => bytes.write('[', bytes.indexOf('{"file":"images')),
      'Damaged',
      'the ISO is damaged: /coreos/igninfo.json is not JSON',
    ],
    [
      'in a key of igninfo.json',
      (bytes) => bytes.write('F', bytes.indexOf('{"file":"images') + 2),
      'Damaged',
      '/coreos/igninfo.json is wrong at file: ',
    ],
    [
      'in the path that igninfo.json names',
      (bytes) => bytes.write('x', bytes.indexOf('{"file":"images') + 9),
      'FileMissing',
      '/coreos/igninfo.json names xmages/ignition.img, which is not in the ISO',
    ],
    [
      'in the kernel arguments of one boot loader',
      (bytes) => bytes.write('x', bytes.indexOf('linux /images/pxeboot/vmlinuz rw') + 30),
      'KernelArgumentsDiffer',
      'isolinux/isolinux.cfg and EFI/redhat/grub.cfg hold different kernel arguments',
    ],
  ])('%s', async (_, change, reason, message) => {
    await expectProblem(changed(whole, change), { reason, message });
  });
});

describe.runIf(hasTools('xorriso'))('a file that was moved', () => {
  it('beyond the end of the image', async () => {
    const bytes = changed(whole, (copy) => writeBoth32(copy, 20_000_000, recordAt(copy, 'IGNITION.IMG;1') + 2));
    await expectProblem(bytes, {
      reason: 'OutsideImage',
      message: 'images/ignition.img is beyond the end of the ISO',
    });
  });

  it('away from its kernel arguments', async () => {
    const record = recordAt(whole, 'GRUB.CFG;1');
    const sector = whole.readUInt32LE(record + 2);
    const bytes = changed(whole, (copy) => writeBoth32(copy, sector - 2, record + 2));
    await expectProblem(bytes, {
      reason: 'NoKernelArgumentArea',
      message: 'EFI/redhat/grub.cfg holds no kernel arguments where /coreos/kargs.json says',
    });
  });

  it('onto another embed area', async () => {
    const sector = whole.readUInt32LE(recordAt(whole, 'GRUB.CFG;1') + 2);
    const bytes = changed(whole, (copy) => {
      writeBoth32(copy, sector, recordAt(copy, 'IGNITION.IMG;1') + 2);
    });
    await expectProblem(bytes, { reason: 'Overlap', message: 'the embed area for the ignition and the embed area' });
  });
});

describe.runIf(hasTools('xorriso'))('an image that is cut off', () => {
  it('inside its volume', async () => {
    const bytes = whole.subarray(0, whole.length - 1);
    const message = `the ISO is cut off: it has ${whole.length - 1} of the ${whole.length} bytes of its volume; get it again`;
    await expectProblem(bytes, { reason: 'CutOff', message });
  });

  it.each([0, 1, descriptor, descriptor + 2047])('after %i bytes', async (length) => {
    await expectProblem(whole.subarray(0, length), { reason: 'NotIso9660', message: 'not an ISO 9660 image' });
  });
});

describe.runIf(hasTools('xorriso'))('an image that cannot be customised', () => {
  const image = async (files: Record<string, string | undefined>, volumeId = 'rhcos-9.6.20250826-1') =>
    readFile(await coreOsIso({ folder, files, volumeId }));

  it('for it is not one of CoreOS', async () => {
    await expectProblem(await image({}, 'Fedora-WS-Live-42'), {
      reason: 'NotCoreOs',
      message: 'this is not a CoreOS ISO: its volume id is "Fedora-WS-Live-42"',
    });
  });

  it('for it has no room for an ignition', async () => {
    const bytes = await image({ 'coreos/igninfo.json': undefined, 'images/ignition.img': undefined });
    await expectProblem(bytes, { reason: 'NoEmbedArea', message: 'the ISO has no room for an ignition' });
  });

  it.each<[string, string, IsoReason, string]>([
    ['coreos/igninfo.json', '{"file":"zipl.prm","offset":1,"length":4}', 'OutsideFile', 'zipl.prm of 4 bytes'],
    [
      'coreos/igninfo.json',
      '{"file":"zipl.prm","offset":4}',
      'OutsideFile',
      'embed area for the ignition is not inside',
    ],
    [
      'coreos/igninfo.json',
      '{"file":"images/pxeboot/rootfs.img"}',
      'NotSupported',
      'images/pxeboot/rootfs.img in the ISO is too large for an embed area: 11534459 bytes',
    ],
    ['coreos/igninfo.json', '{"file":"images"}', 'FileMissing', 'names images, which is not in the ISO'],
    ['coreos/igninfo.json', '{"file":"x","offset":-1}', 'Damaged', 'is wrong at offset'],
    ['coreos/igninfo.json', '{"file":"x","offset":1e300}', 'Damaged', 'is wrong at offset'],
    ['coreos/igninfo.json', ' '.repeat(70_000), 'TooLarge', '/coreos/igninfo.json has 70000 bytes'],
    ['coreos/kargs.json', kernelArgumentsJson({ size: 4096 }), 'Damaged', '/coreos/kargs.json is wrong at size'],
    ['coreos/kargs.json', kernelArgumentsJson({ files: [] }), 'Damaged', '/coreos/kargs.json is wrong at files'],
    [
      'coreos/kargs.json',
      kernelArgumentsJson({ files: [{ path: 'zipl.prm', offset: 0, pad: 'ab' }] }),
      'Damaged',
      'is wrong at files.0.pad: not one byte',
    ],
    [
      'coreos/kargs.json',
      kernelArgumentsJson({ files: [{ path: 'zipl.prm', offset: 0 }] }),
      'OutsideFile',
      'the embed area for kernel arguments is not inside its file zipl.prm of 4 bytes',
    ],
    [
      'coreos/kargs.json',
      kernelArgumentsJson({ files: [{ path: 'boot/grub.cfg', offset: 0 }] }),
      'FileMissing',
      '/coreos/kargs.json names boot/grub.cfg, which is not in the ISO',
    ],
    [
      'coreos/kargs.json',
      kernelArgumentsJson({ files: [{ path: 'images/pxeboot/rootfs.img', offset: 0 }] }),
      'NoKernelArgumentArea',
      'images/pxeboot/rootfs.img holds no kernel arguments',
    ],
  ])('for %s says %s', async (path, content, reason, message) => {
    await expectProblem(await image({ [path]: content }), { reason, message });
  });
});

describe.runIf(hasTools('xorriso'))('a damaged image of any kind', () => {
  it('is refused or read, but neither crashes the reader nor makes it read without end', async () => {
    const bytes = Buffer.from(whole);
    for (let place = descriptor; place < descriptor + 17 * 2048; place += 83) {
      const original = bytes.readUInt8(place);
      bytes.writeUInt8((original + 0x81) % 256, place);
      const image = imageOf(bytes);
      const outcome = await readIsoLayout(image).then(
        () => 'IsoLayout',
        (error: unknown) => (error instanceof Error ? error.name : String(error)),
      );
      expect(outcome, `byte ${place}`).toMatch(/^Iso(Layout|Problem)$/);
      expect(image.reads.length).toBeLessThan(20);
      bytes.writeUInt8(original, place);
    }
  });
});
