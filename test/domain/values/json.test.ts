import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonFault, parseBoundedJson, parseJson } from '#domain/values/json.ts';
import { cpuMilliseconds } from '#test/cpu-time.ts';

const faultOf = (read: () => unknown): JsonFault | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof JsonFault) return error;
    throw error;
  }
};

const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;

describe('JSON', () => {
  it('is read as JSON.parse does it, whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'large', maxDepth: 40 }), fc.nat(2), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['half an object', '{"a":'],
    ['a text without end', '{"a":"b'],
    ['an escape without end', '"\\'],
    ['two values', '{}{}'],
    ['brackets that do not match', '[}'],
    ['a bracket too many', ']'],
    ['a key twice in what is not JSON', '{"a":1,"a":2'],
  ])('is not %s', (_, text) => {
    expect(faultOf(() => parseJson(text))).toMatchObject({ kind: 'malformed', reason: 'it is not valid JSON' });
  });

  it.each([
    ['at the top', '{"a":1,"b":2,"a":3}', 'a'],
    ['inside, in a list', '{"x":[1,{"a":1,"a":1}]}', 'a'],
    ['spelt with an escape', '{"a":1,"\\u0061":1}', 'a'],
    ['behind blanks', '{"a" : 1,\n"a"\t:2}', 'a'],
    ['named like what every object has', '{"__proto__":1,"__proto__":2}', '__proto__'],
    ['with brackets and quotes in its texts', '{"a":"}]{[\\"","b\\"":{},"b\\"":1}', 'b"'],
  ])('names no key twice %s', (_, text, key) => {
    expect(faultOf(() => parseJson(text))).toMatchObject({
      kind: 'repeated key',
      key,
      reason: `the key ${key} is there twice`,
    });
    expect(faultOf(() => parseBoundedJson(text))).toBeUndefined();
  });

  it('may name a key in two objects, and have it for a value', () => {
    expect(faultOf(() => parseJson('{"a":{"a":["a","a"]},"b":[{"a":1},{"a":"b"}]}'))).toBeUndefined();
  });

  it.each([
    ['[', ']'],
    ['{"a":', '}'],
  ])('has at most 50 levels of %s', (open, close) => {
    for (const read of [parseJson, parseBoundedJson]) {
      expect(faultOf(() => read(nested(open, close, 50)))).toBeUndefined();
      expect(faultOf(() => read(nested(open, close, 51)))).toMatchObject({
        kind: 'too deep',
        reason: 'it is nested deeper than 50 levels',
      });
    }
  });

  it('of millions of levels is refused at once', async () => {
    const refuse = () => expect(faultOf(() => parseJson('['.repeat(5_000_000)))?.kind).toBe('too deep');
    expect(await cpuMilliseconds(refuse)).toBeLessThan(1_000);
  });
});
