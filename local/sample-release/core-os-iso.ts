import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

/** The names that a writer of ISO images gives: real ones, ISO 9660's long ones, or 8.3. */
export type IsoNames = 'rock-ridge' | 'long' | 'level-1';

type Content = string | Uint8Array;
type Fill = (length: number, seed: string) => Buffer;

interface CoreOsIso {
  /** Where the image and its files go. */
  readonly folder: string;
  readonly names?: IsoNames;
  readonly volumeId?: string;
  /** What the large files are filled with: bytes that look like anything unless given. */
  readonly fill?: Fill;
  /** Other content for files, new files, or undefined for a file to leave out. */
  readonly files?: Readonly<Record<string, Content | undefined>>;
}

const mebibyte = 1024 * 1024;

export const kernelArguments = 'rw coreos.liveiso=rhcos-9.6.20250826-1 ignition.firstboot ignition.platform.id=metal';
export const kernelArgumentSize = 512;
export const ignitionAreaSize = 256 * 1024;

/** Bytes that look like anything, always the same. */
const noise: Fill = (length, seed) => {
  const block = createHash('shake256', { outputLength: mebibyte }).update(seed).digest();
  return Buffer.alloc(length, block);
};

const area = (text: string): string => `${text}\n`.padEnd(kernelArgumentSize, '#');

const grub = (text: string): string =>
  `set timeout=5\nmenuentry 'RHEL CoreOS (Live)' {\n\tlinux /images/pxeboot/vmlinuz ${area(text)} COREOS_KARG_EMBED_AREA\n` +
  '\tinitrd /images/pxeboot/initrd.img /images/ignition.img\n}\n';

const isolinux = (text: string): string =>
  `default vesamenu.c32\nlabel linux\n  kernel /images/pxeboot/vmlinuz\n  append initrd=/images/pxeboot/initrd.img,/images/ignition.img ${area(text)} COREOS_KARG_EMBED_AREA\n`;

/** The beginning of a kernel for x86_64 as UEFI sees it. */
const kernel = (fill: Fill): Buffer => {
  const bytes = fill(64 * 1024, 'kernel');
  bytes.write('MZ');
  bytes.writeUInt32LE(0x80, 0x3c);
  bytes.write('PE\0\0', 0x80, 'latin1');
  bytes.writeUInt16LE(0x8664, 0x84);
  return bytes;
};

export const kernelArgumentsJson = (changes: object = {}): string =>
  JSON.stringify({
    default: kernelArguments,
    files: [
      { path: 'EFI/redhat/grub.cfg', offset: grub('').indexOf('\n###'), pad: '#', end: '\n' },
      { path: 'isolinux/isolinux.cfg', offset: isolinux('').indexOf('\n###') },
    ],
    size: kernelArgumentSize,
    ...changes,
  });

/** As in an OVE image: two boot loaders, the areas and, between and behind them, data in pieces. */
const usualFiles = (fill: Fill): Readonly<Record<string, Content>> => ({
  'EFI/redhat/grub.cfg': grub(kernelArguments),
  'agent/data-1.bin': fill(6 * mebibyte, 'data 1'),
  'coreos/features.json': '{"installer-config":true}',
  'coreos/igninfo.json': '{"file":"images/ignition.img"}',
  'coreos/kargs.json': kernelArgumentsJson(),
  'images/ignition.img': Buffer.alloc(ignitionAreaSize),
  'images/pxeboot/initrd.img': fill(2 * mebibyte, 'initrd'),
  'images/pxeboot/rootfs.img': fill(11 * mebibyte + 123, 'rootfs'),
  'images/pxeboot/vmlinuz': kernel(fill),
  'isolinux/isolinux.cfg': isolinux(kernelArguments),
  'zipl.prm': 'last',
});

export const xorriso = async (...args: readonly string[]): Promise<string> => {
  const { stdout, exitCode, failed, code, stderr } = await execa('xorriso', args, { reject: false });
  if (code === 'ENOENT') throw new Error('xorriso is missing: install it with `apt-get install xorriso cpio`');
  if (failed) throw new Error(`xorriso ended with ${exitCode}: ${stderr}`);
  return stdout;
};

const writerOptions: Readonly<Record<IsoNames, readonly string[]>> = {
  'rock-ridge': ['-R', '-iso-level', '3'],
  long: ['--norock', '-iso-level', '3'],
  'level-1': ['--norock', '-iso-level', '1'],
};

const writeFiles = async (root: string, files: Readonly<Record<string, Content | undefined>>): Promise<void> => {
  for (const [path, content] of Object.entries(files)) {
    if (content === undefined) continue;
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
};

/** Makes a small CoreOS live image with xorriso. @returns its path, a new one each time */
export const coreOsIso = async ({
  folder,
  names = 'rock-ridge',
  volumeId = 'rhcos-9.6.20250826-1',
  fill = noise,
  files = {},
}: CoreOsIso): Promise<string> => {
  const dir = await mkdtemp(join(folder, 'iso-'));
  const [tree, path] = [join(dir, 'tree'), join(dir, 'base.iso')];
  await writeFiles(tree, { ...usualFiles(fill), ...files });
  await xorriso('-as', 'mkisofs', ...writerOptions[names], '-V', volumeId, '-o', path, tree);
  return path;
};
