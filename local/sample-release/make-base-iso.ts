// Makes base.iso.zst, the base ISO of the sample release: `node local/sample-release/make-base-iso.ts`, with xorriso in the PATH.
// It has the layout of a CoreOS live image, whose places for an ignition and for kernel arguments are all that this service
// looks at. The rest is zeros, and boots nothing.
import { readFile, writeFile } from 'node:fs/promises';
import { zstdCompressSync } from 'node:zlib';
import { inWorkspace } from '#cli/workspace.ts';
import { packedBaseIso } from './base-iso.ts';
import { coreOsIso } from './core-os-iso.ts';

const notice = 'This is the base ISO of a sample release: it boots nothing, and nothing can be installed from it.\n';

await inWorkspace(async (folder) => {
  const iso = await coreOsIso({
    folder,
    volumeId: 'rhcos-sample',
    fill: (length) => Buffer.alloc(length),
    files: { 'SAMPLE.txt': notice },
  });
  await writeFile(packedBaseIso, zstdCompressSync(await readFile(iso)));
});
