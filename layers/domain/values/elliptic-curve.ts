/** A curve y² = x³ - 3x + b over a prime field, as NIST has them (SEC 2, version 2.0). */
interface Curve {
  readonly prime: bigint;
  readonly b: bigint;
}

const curves = {
  nistp256: {
    prime: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  nistp384: {
    prime: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  nistp521: {
    prime: 2n ** 521n - 1n,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
} as const satisfies Record<string, Curve>;

/** In the words of SSH (RFC 5656). */
export type CurveName = keyof typeof curves;

/** Whether a point, given by its coordinates, is on the curve: an elliptic key is nothing else. */
export const isOnCurve = (name: CurveName, x: bigint, y: bigint): boolean => {
  const { prime, b } = curves[name];
  return x < prime && y < prime && (y * y - (x * x * x - 3n * x + b)) % prime === 0n;
};
