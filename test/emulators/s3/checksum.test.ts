import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksumAlgorithms, startChecksum } from '#emulators/s3/body/checksum.ts';
import { combineCrcs, isLinear } from '#emulators/s3/body/crc-combine.ts';
import { readXml } from '#emulators/s3/xml-reader.ts';
import { xmlDocument } from '#emulators/s3/xml-writer.ts';

const digest = (algorithm: (typeof checksumAlgorithms)[number], ...chunks: Uint8Array[]): Buffer => {
  const running = startChecksum(algorithm);
  for (const chunk of chunks) running.update(chunk);
  return running.digest();
};

/** The check values that every CRC catalogue gives for the text "123456789". */
test.each([
  ['CRC32', 'cbf43926'],
  ['CRC32C', 'e3069283'],
  ['CRC64NVME', 'ae8b14860a799888'],
  ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
] as const)('%s of 123456789 is %s', (algorithm, expected) => {
  expect(digest(algorithm, Buffer.from('123456789')).toString('hex')).toBe(expected);
});

test.each(checksumAlgorithms)('%s does not depend on how the bytes were cut', (algorithm) => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (left, right) => {
      expect(digest(algorithm, left, right)).toEqual(digest(algorithm, Buffer.concat([left, right])));
    }),
  );
});

test.each(checksumAlgorithms.filter(isLinear))('%s of pieces gives that of the whole', (algorithm) => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1 }), (list) => {
      const pieces = list.map((bytes) => ({ value: digest(algorithm, bytes), length: bytes.length }));
      expect(combineCrcs(algorithm, pieces)).toEqual(digest(algorithm, Buffer.concat(list)));
    }),
  );
});

test('any text survives being written as XML and read again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(readXml(xmlDocument('Root', [['Child', text]]), 'Root').children[0]?.text).toBe(text);
    }),
  );
});

test.each([
  '<Root>',
  '<Root></Other>',
  '<Root/><Root/>',
  'text',
  '<Root>&unknown;</Root>',
  '<Root>&#x110000;</Root>',
  '<!DOCTYPE Root><Root/>',
  '<Other/>',
  '</Root>',
  '<a>'.repeat(50),
])('%s is malformed', (xml) => {
  expect(() => readXml(xml, 'Root')).toThrow('XML');
});
