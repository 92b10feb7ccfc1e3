import { constants, gunzipSync } from 'node:zlib';
import type { CpuArchitecture } from '../architecture.ts';
import { findFile } from './find-file.ts';
import { type Extent, type IsoImage, readExtent } from './image.ts';

const path = '/images/pxeboot/vmlinuz';
const headBytes = 4096;

/** Machine numbers of PE (kernels with an EFI stub) and of ELF. */
const ofPe: ReadonlyMap<number, CpuArchitecture> = new Map([
  [0x8664, 'x86_64'],
  [0xaa64, 'arm64'],
]);
const ofElf: ReadonlyMap<number, CpuArchitecture> = new Map([
  [21, 'ppc64le'],
  [22, 's390x'],
  [62, 'x86_64'],
  [183, 'arm64'],
]);

const peMachine = (head: Buffer): CpuArchitecture | undefined => {
  const at = head.readUInt32LE(0x3c);
  if (at + 6 > head.length || head.toString('latin1', at, at + 4) !== 'PE\0\0') return undefined;
  return ofPe.get(head.readUInt16LE(at + 4));
};

const elfMachine = (head: Buffer): CpuArchitecture | undefined => {
  const isLittleEndian = head[5] === 1;
  return ofElf.get(isLittleEndian ? head.readUInt16LE(18) : head.readUInt16BE(18));
};

/** Some kernels for arm64 are gzipped as a whole; the beginning is enough. */
const unpacked = (head: Buffer): Buffer => {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return head;
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
};

/** The CPU that a kernel is for, by its first few KiB; undefined when they do not tell. */
export const machineOf = (bytes: Buffer): CpuArchitecture | undefined => {
  const head = unpacked(bytes);
  if (head.length < 64) return undefined;
  if (head.toString('latin1', 0, 2) === 'MZ') return peMachine(head);
  return head.toString('latin1', 0, 4) === '\x7fELF' ? elfMachine(head) : undefined;
};

/** The CPU that the image's kernel is for; undefined when there is no kernel at the usual path, or it does not say. */
export const kernelArchitecture = async (image: IsoImage, root: Extent): Promise<CpuArchitecture | undefined> => {
  const file = await findFile(image, root, path);
  if (file === undefined) return undefined;
  const length = Math.min(headBytes, file.length);
  return machineOf(await readExtent(image, { offset: file.offset, length, what: path }));
};
