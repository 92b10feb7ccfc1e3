import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { readIsoLayout } from '#domain/iso/read-layout.ts';
import {
  coreOsIso,
  type IsoNames,
  ignitionAreaSize,
  kernelArgumentSize,
  kernelArguments,
  kernelArgumentsJson,
  xorriso,
} from '#local/sample-release/core-os-iso.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { hasTools } from '#test/tools.ts';
import { imageOf, recordAt, writeBoth32 } from './images.ts';

/** The byte offset of a file, as xorriso sees it. */
const offsetOf = async (iso: string, path: string): Promise<number> => {
  const report = await xorriso('-indev', iso, '-find', path, '-exec', 'report_lba');
  return Number(/^File data lba:\s*\d+ ,\s*(\d+) /m.exec(report)?.[1]) * 2048;
};

const layoutOf = async (path: string) => readIsoLayout(imageOf(await readFile(path)));

let folder: string;
beforeAll(async () => {
  folder = await sharedFolder();
});

describe.runIf(hasTools('xorriso'))('the layout of a CoreOS image', () => {
  it.each<[IsoNames, { ignition: string; grub: string; isolinux: string }]>([
    [
      'rock-ridge',
      { ignition: '/images/ignition.img', grub: '/EFI/redhat/grub.cfg', isolinux: '/isolinux/isolinux.cfg' },
    ],
    ['long', { ignition: '/IMAGES/IGNITION.IMG', grub: '/EFI/REDHAT/GRUB.CFG', isolinux: '/ISOLINUX/ISOLINUX.CFG' }],
    ['level-1', { ignition: '/IMAGES/IGNITION.IMG', grub: '/EFI/REDHAT/GRUB.CFG', isolinux: '/ISOLINUX/ISOLINUX.CFG' }],
  ])('with %s names is where xorriso put the files', async (names, paths) => {
    const iso = await coreOsIso({ folder, names });
    const [grub, isolinux] = JSON.parse(kernelArgumentsJson()).files;
    const bytes = await readFile(iso);
    expect(await layoutOf(iso)).toEqual({
      volumeId: 'rhcos-9.6.20250826-1',
      volumeSize: bytes.length,
      architecture: 'x86_64',
      ignition: { offset: await offsetOf(iso, paths.ignition), length: ignitionAreaSize },
      kernelArguments: {
        default: kernelArguments,
        present: kernelArguments,
        size: kernelArgumentSize,
        areas: [
          {
            path: 'EFI/redhat/grub.cfg',
            offset: (await offsetOf(iso, paths.grub)) + grub.offset,
            pad: '#',
            end: '\n',
          },
          {
            path: 'isolinux/isolinux.cfg',
            offset: (await offsetOf(iso, paths.isolinux)) + isolinux.offset,
            pad: '#',
            end: '\n',
          },
        ],
      },
    });
  });

  it('is plain data', async () => {
    const layout = await layoutOf(await coreOsIso({ folder }));
    expect(JSON.parse(JSON.stringify(layout))).toEqual(layout);
  });

  it('takes the place inside a larger file that igninfo.json names', async () => {
    const files = {
      'coreos/igninfo.json': '{"file":"/images/cdboot.img","offset":4096,"length":1000}',
      'images/cdboot.img': Buffer.alloc(8192),
    };
    const iso = await coreOsIso({ folder, files });
    const start = await offsetOf(iso, '/images/cdboot.img');
    expect((await layoutOf(iso)).ignition).toEqual({ offset: start + 4096, length: 1000 });
  });

  it('takes the rest of the file when igninfo.json names no length', async () => {
    const files = { 'coreos/igninfo.json': '{"file":"images/ignition.img","offset":4096}' };
    expect((await layoutOf(await coreOsIso({ folder, files }))).ignition.length).toBe(ignitionAreaSize - 4096);
  });

  it('takes the whole of ignition.img when there is no igninfo.json', async () => {
    const iso = await coreOsIso({ folder, files: { 'coreos/igninfo.json': undefined } });
    const offset = await offsetOf(iso, '/images/ignition.img');
    expect((await layoutOf(iso)).ignition).toEqual({ offset, length: ignitionAreaSize });
  });

  it('has no place for kernel arguments when there is no kargs.json', async () => {
    const layout = await layoutOf(await coreOsIso({ folder, files: { 'coreos/kargs.json': undefined } }));
    expect(layout).not.toHaveProperty('kernelArguments');
  });

  it('tells no architecture when there is no kernel to tell it', async () => {
    const layout = await layoutOf(await coreOsIso({ folder, files: { 'images/pxeboot/vmlinuz': undefined } }));
    expect(layout).not.toHaveProperty('architecture');
  });
});

describe.runIf(hasTools('xorriso'))('an image of 58 GB', () => {
  it('has its places beyond 2^32, found with a few small reads', async () => {
    const bytes = await readFile(await coreOsIso({ folder }));
    const [sectors, far] = [28_000_000, 27_000_000];
    writeBoth32(bytes, sectors, 16 * 2048 + 80);
    writeBoth32(bytes, far, recordAt(bytes, 'IGNITION.IMG;1') + 2);
    const image = imageOf(bytes, sectors * 2048);

    const { volumeSize, ignition } = await readIsoLayout(image);

    expect(volumeSize).toBe(57_344_000_000);
    expect(ignition).toEqual({ offset: 55_296_000_000, length: ignitionAreaSize });
    expect(image.reads.length).toBeLessThanOrEqual(6);
    expect(Math.max(...image.reads)).toBeLessThanOrEqual(64 * 1024);
  });
});
