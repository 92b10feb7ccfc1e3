import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { checkKernelArguments, kernelArgumentPattern } from '#domain/rules/kernel-arguments.ts';
import { refusalOf } from './refusal.ts';

const append = (value: string) => ({ operation: 'append', value }) as const;

test.each([[], [append('rd.net.timeout.carrier=60')], [append('a="b c"'), append('a="b c"')]])(
  'accepts %j',
  (...list) => {
    expect(refusalOf(() => checkKernelArguments(list))).toBeUndefined();
  },
);

test.each(['replace', 'delete'] as const)('refuses to %s', (operation) => {
  expect(refusalOf(() => checkKernelArguments([append('a'), { operation, value: 'b' }]))).toBe(
    `Only kernel argument operation append is supported.  Got ${operation}`,
  );
});

test.each(['a="b\nc"', 'a\u0007', 'a\u2028b'])('refuses %j, which is not one line', (value) => {
  expect(refusalOf(() => checkKernelArguments([append(value)]))).toMatch(/^Kernel argument has control characters: a/);
});

const published = /^(?:(?:[^ \t\n\r"]+)|(?:"[^"]*"))+$/;
const argument = fc.string({ unit: fc.constantFrom('a', '=', '"', ' ', '\n', '\t', '\r'), maxLength: 10 });

it('matches what the published pattern matches', () => {
  fc.assert(
    fc.property(argument, (text) => {
      expect(kernelArgumentPattern.test(text)).toBe(published.test(text));
    }),
  );
});

it('needs no more than a moment for a long text', () => {
  const before = performance.now();
  expect(kernelArgumentPattern.test(`${'a'.repeat(200_000)} `)).toBe(false);
  expect(performance.now() - before).toBeLessThan(1000);
});

test('no accepted argument ends a line or leaves its quotes open', () => {
  fc.assert(
    fc.property(argument, (value) => {
      if (!kernelArgumentPattern.test(value) || refusalOf(() => checkKernelArguments([append(value)])) !== undefined)
        return;
      expect(value).not.toMatch(/[\p{Cc}]/u);
      expect(value.split('"').length % 2).toBe(1);
    }),
    { numRuns: 1000 },
  );
});
