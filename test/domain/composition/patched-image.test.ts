import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { checkPlan } from '#domain/composition/check-plan.ts';
import { imagePatches } from '#domain/composition/image-patches.ts';
import { applyPatches, type Patch } from '#domain/composition/iso-patch.ts';
import { partLimits, planSplice } from '#domain/composition/splice-plan.ts';
import { readIsoLayout } from '#domain/iso/read-layout.ts';
import { coreOsIso, type IsoNames, kernelArgumentSize, kernelArguments } from '#local/sample-release/core-os-iso.ts';
import { digestsOfFiles, extractFile } from '#test/fakes/iso-files.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { hasTools } from '#test/tools.ts';
import { changed, imageOf } from '../iso/images.ts';

const ignition = '{"ignition":{"version":"3.2.0"},"passwd":{"users":[{"name":"core"}]}}';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const given = async (names: IsoNames = 'rock-ridge') => {
  const folder = await temporaryFolder();
  const base = await readFile(await coreOsIso({ folder, names }));
  const layout = await readIsoLayout(imageOf(base));
  const settings = { ignition: Buffer.from(ignition), kernelArguments: ['console=ttyS0,115200', 'my.flag="a b"'] };
  return { folder, base, layout, patches: imagePatches(layout, settings) };
};

const inPlace = (base: Buffer, patches: readonly Patch[]): Buffer =>
  changed(base, (copy) => {
    for (const { offset, bytes } of patches) copy.set(bytes, offset);
  });

const streamed = (base: Buffer, patches: readonly Patch[], chunk: number): Buffer => {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < base.length; start += chunk) {
    chunks.push(applyPatches({ start, bytes: base.subarray(start, start + chunk) }, patches));
  }
  return Buffer.concat(chunks);
};

const composed = (base: Buffer, patches: readonly Patch[]) => {
  const splice = {
    size: base.length,
    patches: patches.map(({ offset, bytes }) => ({ offset, length: bytes.length })),
    partSize: partLimits.smallest,
  };
  const plan = planSplice(splice);
  checkPlan(plan, splice);
  const parts = plan.map(({ kind, start, end }) => {
    const bytes = base.subarray(start, end);
    return kind === 'copy' ? bytes : applyPatches({ start, bytes }, patches);
  });
  return { kinds: plan.map(({ kind }) => kind), bytes: Buffer.concat(parts) };
};

describe.runIf(hasTools('xorriso', 'cpio'))('a patched image', () => {
  it('is the same whether it is patched in place, in a stream, or part by part', async () => {
    const { base, patches } = await given();
    const expected = sha256(inPlace(base, patches));
    const { kinds, bytes } = composed(base, patches);
    expect(kinds).toEqual(['copy', 'upload', 'copy', 'upload']);
    expect(sha256(bytes)).toBe(expected);
    expect(sha256(streamed(base, patches, 65_537))).toBe(expected);
    expect(expected).not.toBe(sha256(base));
  });

  it('is the base again when the replaced bytes are put back', async () => {
    const { base, patches } = await given();
    const original = patches.map(({ offset, bytes }) => ({
      offset,
      bytes: base.subarray(offset, offset + bytes.length),
    }));
    expect(sha256(inPlace(inPlace(base, patches), original))).toBe(sha256(base));
  });

  it('holds other kernel arguments now, and the same default ones', async () => {
    const { base, patches, layout } = await given();
    const now = await readIsoLayout(imageOf(inPlace(base, patches)));
    expect(now).toEqual({
      ...layout,
      kernelArguments: {
        ...layout.kernelArguments,
        present: `${kernelArguments} console=ttyS0,115200 my.flag="a b"`,
      },
    });
  });
});

describe
  .runIf(hasTools('xorriso', 'cpio'))
  .each<[IsoNames, Readonly<Record<'ignition' | 'grub' | 'isolinux', string>>]>([
    ['rock-ridge', { ignition: 'images/ignition.img', grub: 'EFI/redhat/grub.cfg', isolinux: 'isolinux/isolinux.cfg' }],
    ['level-1', { ignition: 'IMAGES/IGNITION.IMG', grub: 'EFI/REDHAT/GRUB.CFG', isolinux: 'ISOLINUX/ISOLINUX.CFG' }],
  ])('xorriso and cpio, reading a patched image with %s names', (names, paths) => {
  const patched = async () => {
    const { folder, base, patches } = await given(names);
    const [before, after] = [join(folder, 'before.iso'), join(folder, 'after.iso')];
    await writeFile(before, base);
    await writeFile(after, composed(base, patches).bytes);
    return { folder, before, after };
  };

  it('find every file as in the base but those with an embed area', async () => {
    const { folder, before, after } = await patched();
    const [base, now] = [await digestsOfFiles(before, folder), await digestsOfFiles(after, folder)];
    const different = Object.keys(base).filter((path) => base[path] !== now[path]);
    expect(Object.keys(now).toSorted()).toEqual(Object.keys(base).toSorted());
    expect(different.toSorted()).toEqual(Object.values(paths).toSorted());
  });

  it('find the ignition, as a file that all may read', async () => {
    const { folder, after } = await patched();
    const area = await extractFile(after, `/${paths.ignition}`, folder);
    const cpio = (...options: string[]) =>
      execa({ shell: true, env: { LC_ALL: 'C', TZ: 'UTC' } })`gzip -dc ${area} | cpio --quiet ${options.join(' ')}`;
    expect((await cpio('-itv')).stdout).toMatch(/^-rw-r--r--\s+1 root\s+root\s+\d+ Jan\s+1\s+1970 config\.ign$/);
    expect((await cpio('-i', '--to-stdout', 'config.ign')).stdout).toBe(ignition);
  });

  it.each(['grub', 'isolinux'] as const)(
    'find the kernel arguments in the area of %s, and nothing else changed',
    async (loader) => {
      const { folder, before, after } = await patched();
      const read = async (iso: string) => readFile(await extractFile(iso, `/${paths[loader]}`, folder), 'utf8');
      const added = `${kernelArguments} console=ttyS0,115200 my.flag="a b"`;
      const area = (text: string) => `${text}\n`.padEnd(kernelArgumentSize, '#');
      expect(await read(after)).toBe((await read(before)).replace(area(kernelArguments), area(added)));
    },
  );
});
