import { generateKeyPairSync, type KeyObject } from 'node:crypto';

type Field = string | Buffer;

/** A key blob as RFC 4253 writes it: every field behind its length. */
export const sshBlob = (...fields: readonly Field[]): Buffer =>
  Buffer.concat(
    fields.flatMap((field) => {
      const bytes = Buffer.from(field);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );

export const sshLine = (type: string, blob: Buffer, comment = 'core@example'): string =>
  `${type} ${blob.toString('base64')}${comment === '' ? '' : ` ${comment}`}`;

const part = (key: KeyObject, name: 'n' | 'e' | 'x' | 'y'): Buffer =>
  Buffer.from(key.export({ format: 'jwk' })[name] ?? '', 'base64url');

/** RFC 4251's mpint of a positive number. */
export const mpint = (bytes: Buffer): Buffer =>
  (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;

export const ed25519Key = (comment?: string): string => {
  const { publicKey } = generateKeyPairSync('ed25519');
  return sshLine('ssh-ed25519', sshBlob('ssh-ed25519', part(publicKey, 'x')), comment);
};

export const rsaModulus = (): Buffer => mpint(part(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey, 'n'));

export const rsaKey = (): string => sshLine('ssh-rsa', sshBlob('ssh-rsa', Buffer.from([1, 0, 1]), rsaModulus()));

export const ecdsaPoint = (bits: 256 | 384 | 521): Buffer => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: `P-${bits}` });
  return Buffer.concat([Buffer.from([4]), part(publicKey, 'x'), part(publicKey, 'y')]);
};

export const ecdsaKey = (bits: 256 | 384 | 521, point = ecdsaPoint(bits)): string =>
  sshLine(`ecdsa-sha2-nistp${bits}`, sshBlob(`ecdsa-sha2-nistp${bits}`, `nistp${bits}`, point));

/** Positive integers of the sizes that DSA has; no parser here does arithmetic with them. @param bits of the modulus */
export const dsaKey = (bits = 1024): string => {
  const modulus = mpint(Buffer.alloc(bits / 8, 0x81));
  return sshLine('ssh-dss', sshBlob('ssh-dss', modulus, ...[20, 128, 128].map((size) => Buffer.alloc(size, 1))));
};
