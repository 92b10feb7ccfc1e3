import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { findFile } from '#domain/iso/find-file.ts';
import { readVolume } from '#domain/iso/volume.ts';
import { coreOsIso, type IsoNames } from '#local/sample-release/core-os-iso.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { hasTools } from '#test/tools.ts';
import { imageOf } from './images.ts';

/** A directory of several sectors, names that shorten to the same, and names that only Rock Ridge can keep. */
const files = {
  ...Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`many/entry-number-${index}.json`, `${index}`])),
  'names/kargs.json': 'kargs',
  'names/kargs.jsonl': 'lines',
  'names/with space and ünicode.txt': 'odd',
  [`names/${'long'.repeat(50)}.txt`]: 'a name that goes on in another sector',
  'names/zz': 'no extension',
  'one/two/three/four/five/six/deep.txt': 'deep',
  'empty/nothing': '',
};

let folder: string;
const images = new Map<IsoNames, Buffer>();
beforeAll(async () => {
  folder = await sharedFolder();
  for (const names of ['rock-ridge', 'long', 'level-1'] as const) {
    images.set(names, await readFile(await coreOsIso({ folder, names, files })));
  }
});

const find = async (names: IsoNames, path: string): Promise<string | undefined> => {
  const bytes = images.get(names) ?? Buffer.alloc(0);
  const image = imageOf(bytes);
  const { root } = await readVolume(image);
  const found = await findFile(image, root, path);
  return found && bytes.toString('utf8', found.offset, found.offset + found.length);
};

describe.runIf(hasTools('xorriso'))('a file', () => {
  it.each<[IsoNames, string, string]>([
    ['rock-ridge', '/names/kargs.json', 'kargs'],
    ['rock-ridge', 'names/kargs.jsonl', 'lines'],
    ['rock-ridge', '/NAMES/Kargs.JSON', 'kargs'],
    ['rock-ridge', '/names/with space and ünicode.txt', 'odd'],
    ['rock-ridge', '/names/zz', 'no extension'],
    ['rock-ridge', '/many/entry-number-119.json', '119'],
    ['rock-ridge', '/one/two/three/four/five/six/deep.txt', 'deep'],
    ['rock-ridge', '/empty/nothing', ''],
    ['long', '/names/kargs.json', 'kargs'],
    ['long', '/names/kargs.jsonl', 'lines'],
    ['long', '/names/zz', 'no extension'],
    ['level-1', '/coreos/features.json', '{"installer-config":true}'],
    ['level-1', '/names/zz', 'no extension'],
    ['level-1', '//names//zz', 'no extension'],
  ])('with %s names is found as %s', async (names, path, content) => {
    expect(await find(names, path)).toBe(content);
  });

  it.each<[IsoNames, string]>([
    ['rock-ridge', '/names/kargs.jso'],
    ['rock-ridge', '/names/KARGS.JSO;1'],
    ['rock-ridge', '/names'],
    ['rock-ridge', '/names/zz/more'],
    ['rock-ridge', '/nowhere/kargs.json'],
    ['rock-ridge', '/names/../names/zz'],
    ['rock-ridge', '/'],
    ['rock-ridge', ''],
    ['rock-ridge', 'one/'.repeat(100)],
    ['level-1', '/names/kargs.yaml'],
  ])('with %s names is not there as %s', async (names, path) => {
    expect(await find(names, path)).toBeUndefined();
  });
});
