import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isUtf8 } from '#web/platform/buffer.ts';
import { createHash as createInBrowser } from '#web/platform/crypto.ts';
import { gunzipSync } from '#web/platform/zlib.ts';

const bytes = Buffer.from('what the rules of an ignition look at');

it.each(['sha256', 'sha512'])('the browser makes the same %s as Node', (name) => {
  expect(createInBrowser(name).update(bytes).digest('hex')).toBe(createHash(name).update(bytes).digest('hex'));
});

it('the browser unpacks what Node packs, up to a length', () => {
  expect(gunzipSync(gzipSync(bytes), { maxOutputLength: 100 }).equals(bytes)).toBe(true);
  expect(() => gunzipSync(gzipSync(bytes), { maxOutputLength: 10 })).toThrow(RangeError);
  expect(() => gunzipSync(bytes, { maxOutputLength: 100 })).toThrow();
});

it.each([
  [[0x61, 0xc3, 0xbc], true],
  [[0x61, 0xc3], false],
])('the browser knows what UTF-8 is: %j', (codes, is) => {
  expect(isUtf8(Uint8Array.from(codes))).toBe(is);
});
