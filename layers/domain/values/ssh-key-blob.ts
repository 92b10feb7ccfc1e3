import { type CurveName, isOnCurve } from './elliptic-curve.ts';

type Fields = readonly Buffer[];

/** The length-prefixed fields of a key blob (RFC 4253, section 6.6); undefined unless they are all of it. */
const fieldsOf = (blob: Buffer): Fields | undefined => {
  const fields: Buffer[] = [];
  let at = 0;
  while (at + 4 <= blob.length) {
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return at === blob.length ? fields : undefined;
};

const isPositive = (integer: Buffer | undefined): boolean =>
  integer !== undefined && integer.length > 0 && integer.readUInt8(0) < 0x80 && integer.some((byte) => byte !== 0);

const arePositive = (integers: Fields, count: number): boolean =>
  integers.length === count && integers.every(isPositive);

const bitLength = (integer: Buffer): number => {
  const first = integer.findIndex((byte) => byte !== 0);
  return first === -1 ? 0 : (integer.length - first) * 8 - (Math.clz32(integer.readUInt8(first)) - 24);
};

/** Exponents beyond 24 bits are refused by Go's parser, even ones by arithmetic. */
const isRsa = (integers: Fields): boolean => {
  const [exponent] = integers;
  if (exponent === undefined || exponent.length > 4 || !arePositive(integers, 2)) return false;
  const value = exponent.readUIntBE(0, exponent.length);
  return value >= 3 && value < 2 ** 24 && value % 2 === 1;
};

/** Bits of the first number of a DSA key, the only ones that Go takes (FIPS 186-2). */
const dsaBits = 1024;

const isDsa = (integers: Fields): boolean => {
  const [modulus] = integers;
  return arePositive(integers, 4) && modulus !== undefined && bitLength(modulus) === dsaBits;
};

interface Curve {
  readonly name: CurveName;
  /** Bytes of one coordinate. */
  readonly size: number;
}

const integerOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

/** Whether the bytes are an uncompressed point of the curve. */
const isPoint = (point: Buffer, { name, size }: Curve): boolean =>
  point.length === 1 + 2 * size &&
  point[0] === 4 &&
  isOnCurve(name, integerOf(point.subarray(1, 1 + size)), integerOf(point.subarray(1 + size)));

const isEcdsa =
  (curve: Curve) =>
  ([name, point, ...rest]: Fields): boolean =>
    name?.toString() === curve.name && point !== undefined && isPoint(point, curve) && rest.length === 0;

/** Bits below which sshd of RHEL 9, and so of CoreOS, lets nobody in by an RSA key (crypto-policies, `min_rsa_size`). */
const leastRsaBits = 2048;

/** Why sshd on a host lets nobody in by a valid key; undefined where it does. */
export const weaknessOf = (type: string, encoded: string): string | undefined => {
  if (type === 'ssh-dss') return 'sshd there takes no DSA keys';
  const [, , modulus] = fieldsOf(Buffer.from(encoded, 'base64')) ?? [];
  return type === 'ssh-rsa' && modulus !== undefined && bitLength(modulus) < leastRsaBits
    ? `sshd there takes RSA keys of ${leastRsaBits} bits and more`
    : undefined;
};

/** What must follow the type's name in the blob of each type. */
const bodies: ReadonlyMap<string, (fields: Fields) => boolean> = new Map([
  ['ssh-rsa', isRsa],
  ['ssh-dss', isDsa],
  ['ssh-ed25519', (fields: Fields) => fields.length === 1 && fields[0]?.length === 32],
  ['ecdsa-sha2-nistp256', isEcdsa({ name: 'nistp256', size: 32 })],
  ['ecdsa-sha2-nistp384', isEcdsa({ name: 'nistp384', size: 48 })],
  ['ecdsa-sha2-nistp521', isEcdsa({ name: 'nistp521', size: 66 })],
]);

/**
 * Why the base64 text is not a public key of the type (as OpenSSH writes them: RFC 4253, 5656, 8709); undefined when it is
 * one. The size of an RSA key is not judged.
 */
export const faultOfKeyBlob = (type: string, encoded: string): string | undefined => {
  const blob = Buffer.from(encoded, 'base64');
  if (blob.toString('base64') !== encoded) return 'the key is not base64-encoded';
  const [name, ...body] = fieldsOf(blob) ?? [];
  if (name === undefined) return 'the key is cut off or has bytes too many';
  return name.toString() === type && bodies.get(type)?.(body) ? undefined : `the key is not a valid ${type} key`;
};
