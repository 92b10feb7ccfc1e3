import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { machineOf } from '#domain/iso/kernel-image.ts';

const pe = (machine: number): Buffer => {
  const head = Buffer.alloc(4096, 0x90);
  head.write('MZ');
  head.writeUInt32LE(0x40, 0x3c);
  head.write('PE\0\0', 0x40, 'latin1');
  head.writeUInt16LE(machine, 0x44);
  return head;
};

const elf = (machine: number, byteOrder: 'little' | 'big'): Buffer => {
  const head = Buffer.alloc(4096);
  head.write('\x7fELF', 'latin1');
  head.writeUInt8(byteOrder === 'little' ? 1 : 2, 5);
  if (byteOrder === 'little') head.writeUInt16LE(machine, 18);
  else head.writeUInt16BE(machine, 18);
  return head;
};

const endless = pe(0x8664);
endless.writeUInt32LE(0xffff_fff0, 0x3c);

describe("a kernel's header", () => {
  it.each([
    ['with an EFI stub for x86_64', pe(0x8664), 'x86_64'],
    ['with an EFI stub for arm64', pe(0xaa64), 'arm64'],
    ['gzipped as a whole', gzipSync(pe(0xaa64)).subarray(0, 2000), 'arm64'],
    ['in ELF for POWER', elf(21, 'little'), 'ppc64le'],
    ['in ELF for IBM Z', elf(22, 'big'), 's390x'],
    ['with an EFI stub for another machine', pe(0x5064), undefined],
    ['that points outside itself', endless, undefined],
    ['that is damaged gzip', Buffer.from([0x1f, 0x8b, 1, 2, 3]), undefined],
    ['that is too short', Buffer.from('MZ'), undefined],
    ['of another kind', Buffer.alloc(4096), undefined],
  ])('%s', (_, head, architecture) => expect(machineOf(head)).toBe(architecture));
});
