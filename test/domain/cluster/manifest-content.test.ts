import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ManifestPath } from '#domain/cluster/manifest.ts';
import { checkManifestContent, decodedManifest } from '#domain/cluster/manifest-content.ts';
import { refusalOf } from '../values/refusal.ts';
import { id } from './samples.ts';

const at = (fileName: string): ManifestPath => ({ folder: 'openshift', fileName });
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);
const refusal = (fileName: string, content: string | Uint8Array): string | undefined =>
  refusalOf(() =>
    checkManifestContent({
      clusterId: id,
      path: at(fileName),
      content: typeof content === 'string' ? bytes(content) : content,
    }),
  );

const patch = '- op: replace\n  path: /spec/replicas\n  value: 2\n';

const yaml = 'has an invalid YAML format: yaml:';

describe('the content of a manifest', () => {
  test.each([
    ['a.yaml', 'kind: Namespace\n'],
    ['a.yml', ''],
    ['a.yaml', '---\nfirst: one\n---\n---\n- second: two\n'],
    ['a.yaml', 'base: &base [x]\nsame: *base\n'],
    ['a.yaml', '{"kind": "Namespace"}'],
    ['a.yaml', '{\n\t"kind": "Namespace",\n\t"a": [\n\t]\n}\n'],
    ['a.yaml', 'a: {\n  b: [\n  c\n]\n}\nd: "x\ny"\ne: |\n  }\n'],
    ['a.yaml', 'a: |\n  x\n  \ty\nb:\t"\\u00e9\\\\/"\t# c\nd: [\n  \te]\n'],
    ['a.json', '{"kind": "Namespace"}'],
    ['a.json', '[]'],
    ['a.yaml.patch', patch],
    ['a.yml.patch_2', `---\n${patch}`],
    ['a.yaml.patch', '[]'],
  ])('of %s can be %j', (fileName, content) => {
    expect(refusal(fileName, content)).toBeUndefined();
  });

  test.each([
    [
      'a.yaml',
      'invalid YAML content: {',
      'Manifest',
      'has an invalid YAML format: yaml: line 1: unexpected end of the stream within a flow collection',
    ],
    [
      'a.yml',
      '---\na: 1\n---\nb: {',
      'Manifest',
      'has an invalid YAML format: yaml: line 4: unexpected end of the stream within a flow collection',
    ],
    ['a.yaml', 'a: 1\na: 2\n', 'Manifest', 'has an invalid YAML format: yaml: line 2: duplicated mapping key'],
    ['a.yaml', '%YAML 1.2\n---\na: 1\n', 'Manifest', `${yaml} line 2: directives end mark is expected`],
    ['a.yaml', '%YAML 1.2\n--- {a: 1}\n', 'Manifest', `${yaml} directives are not taken`],
    ['a.yaml', 'a: 1\n--- {a: 2}\n', 'Manifest', `${yaml} a line with --- alone has to stand between two documents`],
    ['a.yaml', 'a: 1\n...\nb: 2\n', 'Manifest', `${yaml} a line with --- alone has to stand between two documents`],
    ['a.yaml', 'a: 1\n---\nb: {~: 1}\n', 'Manifest', `${yaml} line 3: a key is null`],
    ['a.yaml', '\nb: {~: 1}\n', 'Manifest', `${yaml} line 2: a key is null`],
    ['a.yaml', 'x: 1\n---\na: {\n}\nb: {~: 1}\n', 'Manifest', `${yaml} line 5: a key is null`],
    ['a.yaml', 'a: 1\n\t\nb: 2\n', 'Manifest', `${yaml} line 2: a tab in the indentation`],
    ['a.yaml', 'a:\n-\tb\n', 'Manifest', `${yaml} line 2: a tab in the indentation`],
    ['a.yaml', 'a: 1\n---\nb: "\\/"\n', 'Manifest', `${yaml} line 3: an escape that YAML 1.1 does not know`],
    ['a.yaml', 'a: "\\ud83d\\ude00"\n', 'Manifest', `${yaml} line 1: an escape that YAML 1.1 does not know`],
    ['a.yaml', '# a\u2028b\n', 'Manifest', `${yaml} line 1: a line end of Unicode that not every reader takes for one`],
    ['a.json', 'kind: Namespace', 'Manifest', 'has an illegal JSON format'],
    ['a.json', '', 'Manifest', 'has an illegal JSON format'],
    ['a.json', '\uFEFF{}', 'Manifest', 'has an illegal JSON format'],
    ['a.json', '{"a":1,"a":2}', 'Manifest', 'has an illegal JSON format: the key a is there twice'],
    ['a.json', '['.repeat(51), 'Manifest', 'has an illegal JSON format: it is nested deeper than 50 levels'],
    [
      'a.yaml.patch',
      'a: {',
      'Patch',
      'is invalid: yaml: line 1: unexpected end of the stream within a flow collection',
    ],
    ['a.yaml.patch', 'op: add', 'Patch', 'is invalid: it is not one list of operations'],
    ['a.yaml.patch', '', 'Patch', 'is invalid: it is not one list of operations'],
    ['a.yaml.patch', `${patch}---\n${patch}`, 'Patch', 'is invalid: it is not one list of operations'],
    [
      'a.yaml.patch',
      `${patch}- op: shuffle\n  path: /a\n`,
      'Patch',
      'is invalid: entry 2 needs a path and an op of [add remove replace move copy test]',
    ],
  ])('of %s cannot be %j', (fileName, content, title, fault) => {
    expect(refusal(fileName, content)).toBe(
      `${title} content of file openshift/${fileName} for cluster ID ${id} ${fault}`,
    );
  });

  it('has to be UTF-8', () => {
    expect(refusal('a.yaml', Uint8Array.of(0x61, 0xff))).toContain('has an invalid YAML format: the text is not UTF-8');
    expect(refusal('a.json', Uint8Array.of(0x22, 0xff, 0x22))).toContain('has an illegal JSON format');
  });

  it('takes 1 MiB and no more', () => {
    const json = (length: number) => `"${'a'.repeat(length - 2)}"`;
    expect(refusal('a.json', json(1024 * 1024))).toBeUndefined();
    expect(refusal('a.json', json(1024 * 1024 + 1))).toBe(
      `Manifest content of file openshift/a.json for cluster ID ${id} exceeds the maximum file size of 1MiB`,
    );
  });

  test.each([
    'key: *canary',
    'key: !canary x',
    'key: !!canary x',
    '%TAG !canary',
    'key: "canary\n\\canary"',
    '{canary',
  ])('is not quoted in a refusal of %j', (content) => {
    const text = refusal('a.yaml', content);
    expect(text).toContain('has an invalid YAML format: yaml: line');
    expect(text).not.toContain('canary');
  });

  it('gets a verdict whatever it is', () => {
    const fileName = fc.constantFrom('a.yaml', 'a.json', 'a.yml.patch');
    const content = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary' }).map(bytes));
    fc.assert(
      fc.property(fileName, content, (name, any) => {
        expect(refusal(name, any) ?? 'accepted').toMatch(/^(accepted|(Manifest|Patch) content of file [\s\S]+)$/);
      }),
    );
  });
});

describe('the encoded content', () => {
  it('is decoded, whatever it was, also with the line ends of an encoder', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 76 }), (content, width) => {
        const lines =
          Buffer.from(content)
            .toString('base64')
            .match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
        expect(Buffer.from(decodedManifest(id, lines.join('\r\n')))).toEqual(Buffer.from(content));
      }),
    );
  });

  test.each(['not base64 content', 'YQ', 'YQ=', 'Y===', 'YQ==YQ==', 'YQ-_'])('cannot be %j', (encoded) => {
    expect(refusalOf(() => decodedManifest(id, encoded))).toBe(
      `failed to base64-decode cluster manifest content for cluster ${id}`,
    );
  });
});
