import { expect, test } from 'vitest';
import { parseToml } from '#local/sample-release/openshift-install/toml.ts';

test.each([
  ['', {}],
  ['# only a comment', {}],
  ['a = "x" # y\nb = \'c:\\d\'\n', { a: 'x', b: 'c:\\d' }],
  ['a = true\nb = -1_000\nc = 1.5', { a: true, b: -1000, c: 1.5 }],
  ['a = [\n  "x", # first\n  "y",\n]', { a: ['x', 'y'] }],
  ['a = { b = 1, "c d" = 2 }', { a: { b: 1, 'c d': 2 } }],
  ['a.b = 1\n[t.u]\nc = 2', { a: { b: 1 }, t: { u: { c: 2 } } }],
  ['[[r]]\nl = 1\n[[r.m]]\nn = 2\n[[r.m]]\nn = 3\n[[r]]\nl = 4', { r: [{ l: 1, m: [{ n: 2 }, { n: 3 }] }, { l: 4 }] }],
  ['a = "\\u00e9\\U0001F600"', { a: 'é😀' }],
])('%j is read', (text, expected) => {
  expect(parseToml(text)).toEqual(expected);
});

test.each([
  ['a', '(1, 2): expected an equals sign'],
  ['a = ', '(1, 5): expected a value'],
  ['a = "x', '(1, 5): expected a value'],
  ['a = 1 b = 2', '(1, 6): expected the end of the line'],
  ['\na = 1\na = 2', 'the key "a" was given twice'],
  ['[[r]\n', '(1, 4): expected a closing bracket'],
  ['[r', '(1, 3): expected a closing bracket'],
  ['a = 1\n[a]', 'the key "a" is no table'],
  ['a = 1\n[[a]]', 'the key "a" is no array of tables'],
  ['a = [1 2]', 'expected a comma'],
  ['a = "\\q"', 'invalid escape in string'],
  ['= 1', 'expected a key'],
])('%j is refused', (text, reason) => {
  expect(() => parseToml(text)).toThrow(reason);
});
