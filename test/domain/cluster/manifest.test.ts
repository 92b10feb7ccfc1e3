import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  checkDistinct,
  checkManifestName,
  goesTooEarly,
  manifestDays,
  manifestFolders,
  manifestKey,
  manifestName,
  manifestPathOf,
} from '#domain/cluster/manifest.ts';
import { refusalOf } from '../values/refusal.ts';
import { id } from './samples.ts';

const isAccepted = (fileName: string): boolean =>
  manifestName.test(fileName) && refusalOf(() => checkManifestName(id, fileName)) === undefined;

describe('the name of a manifest', () => {
  test.each([
    '99-kargs.yaml',
    '99_chrony.yml',
    'machine.config.json',
    'a.yaml.patch',
    'a.yml.patch_2',
    'a.yaml.patchfoo',
    "a&b<c>+%41#?=*'.yaml",
    `${'n'.repeat(250)}.yaml`,
  ])('can be %s', (fileName) => {
    expect(isAccepted(fileName)).toBe(true);
  });

  test.each([
    ['another extension', 'a.txt'],
    ['no extension', 'yaml'],
    ['a patch of JSON', 'a.json.patch'],
    ['a patch with a further extension', 'a.yaml.patch.foo'],
    ['a folder', 'manifests/a.yaml'],
  ])('with %s does not match the pattern', (_, fileName) => {
    expect(manifestName.test(fileName)).toBe(false);
  });

  test.each([
    ['nothing before the extension', '.yaml', 'has an invalid filename'],
    ['a leading dot', '..yaml', 'has an invalid filename'],
    ['a space', 'a b.yaml', 'should not include a space in its name'],
    ['a line end', 'a\nb.yaml', 'has an invalid filename'],
    ['a quote', 'a"b.yaml', 'has an invalid filename'],
    ['a backslash', 'a\\b.yaml', 'has an invalid filename'],
    ['letters beyond ASCII', 'ä.yaml', 'has an invalid filename'],
    ['more than 255 characters', `${'n'.repeat(251)}.yaml`, 'has an invalid filename'],
  ])('with %s is refused', (_, fileName, fault) => {
    expect(manifestName.test(fileName)).toBe(true);
    expect(refusalOf(() => checkManifestName(id, fileName))).toContain(`for cluster ${id} ${fault}.`);
  });
});

describe('the key of a manifest', () => {
  const name = fc
    .tuple(fc.string({ unit: 'grapheme-ascii' }), fc.constantFrom('.json', '.yaml', '.yml', '.yaml.patch_1'))
    .map((parts) => parts.join(''));

  it('tells the path again, for every name that is accepted', () => {
    const property = fc.property(fc.constantFrom(...manifestFolders), name, (folder, fileName) => {
      fc.pre(isAccepted(fileName));
      const path = { folder, fileName };
      expect(manifestPathOf(id, manifestKey(id, path))).toEqual(path);
    });
    fc.assert(property);
  });

  test.each([
    ['of another cluster', 'clusters/other/manifests/openshift/a.yaml'],
    ['of another folder', `clusters/${id}/manifests/other/a.yaml`],
    ['without a name', `clusters/${id}/manifests/openshift/`],
    ['of a deeper folder', `clusters/${id}/manifests/openshift/deeper/a.yaml`],
  ])('%s is none', (_, key) => {
    expect(manifestPathOf(id, key)).toBeUndefined();
  });
});

describe('two folders', () => {
  const others = [{ folder: 'openshift', fileName: 'a.yaml' }] as const;

  it('have no file of the same name', () => {
    const path = { folder: 'manifests', fileName: 'a.yaml' } as const;
    expect(refusalOf(() => checkDistinct(id, path, others))).toBe(
      `manifest file a.yaml for cluster ID ${id} in folder manifests cannot be uploaded as it is not distinct between {manifest, openshift} folders`,
    );
  });

  test.each([
    ['the same file again', { folder: 'openshift', fileName: 'a.yaml' }],
    ['a file of another name', { folder: 'manifests', fileName: 'b.yaml' }],
  ] as const)('can have %s', (_, path) => {
    expect(refusalOf(() => checkDistinct(id, path, others))).toBeUndefined();
  });
});

describe('a manifest', () => {
  const end = new Date('2026-06-30T00:00:00.000Z');
  const written = (days: number) => new Date(end.getTime() - days * 24 * 60 * 60 * 1000);

  test.each([
    [manifestDays - 2, false],
    [manifestDays - 1, false],
    [manifestDays, true],
    [400, true],
  ])('written %i days before the end of its cluster goes too early: %s', (days, isEarly) => {
    expect(goesTooEarly(written(days), end.getTime() / 1000)).toBe(isEarly);
  });
});
