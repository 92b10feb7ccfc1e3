import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isOnCurve } from '#domain/values/elliptic-curve.ts';

const integer = (text = ''): bigint => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`);

const pointOf = (namedCurve: string) => {
  const { x, y } = generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' });
  return { x: integer(x), y: integer(y) };
};

describe.each([
  ['nistp256', 'P-256'],
  ['nistp384', 'P-384'],
  ['nistp521', 'P-521'],
] as const)('the curve %s', (name, openSslName) => {
  it('has the points that OpenSSL makes, and none beside them', () => {
    const { x, y } = pointOf(openSslName);
    expect(isOnCurve(name, x, y)).toBe(true);
    expect(isOnCurve(name, x, y + 1n)).toBe(false);
    expect(isOnCurve(name, x + 1n, y)).toBe(false);
  });

  it('has none beyond its field', () => {
    const { x, y } = pointOf(openSslName);
    expect(isOnCurve(name, x + 2n ** 600n, y)).toBe(false);
    expect(isOnCurve(name, x, y + 2n ** 600n)).toBe(false);
  });
});
