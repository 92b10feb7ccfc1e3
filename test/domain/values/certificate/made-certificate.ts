import { generateKeyPairSync, type KeyObject } from 'node:crypto';

type Part = Buffer | string;

/** An element in DER; texts are Latin-1. */
export const der = (tag: number, ...parts: readonly Part[]): Buffer => {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
};

export const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
export const integer = (...bytes: readonly number[]): Buffer => der(0x02, Buffer.from(bytes));
export const identifier = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

export const nameOf = (tag: number, text: Part): Buffer =>
  sequence(der(0x31, sequence(identifier('550403'), der(tag, text))));
export const validity = (from: Buffer, to = der(0x17, '360101000000Z')): Buffer => sequence(from, to);
export const extension = (hex: string, value: Buffer, ...flag: readonly Buffer[]): Buffer =>
  sequence(identifier(hex), ...flag, der(0x04, value));
export const critical = der(0x01, Buffer.from([0xff]));

export const spki = ({ publicKey }: { readonly publicKey: KeyObject }): Buffer =>
  publicKey.export({ type: 'spki', format: 'der' });

export const curveKey = (namedCurve: string, paramEncoding: 'named' | 'explicit' = 'named'): Buffer =>
  spki(generateKeyPairSync('ec', { namedCurve, paramEncoding }));

const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'));

const usual = () => ({
  version: der(0xa0, integer(2)),
  serial: integer(1),
  algorithm: ecdsaWithSha256,
  issuer: nameOf(0x0c, 'Example CA'),
  validity: validity(der(0x17, '260101000000Z')),
  subject: nameOf(0x0c, 'Example CA'),
  key: curveKey('P-256'),
});

interface Unusual extends Partial<ReturnType<typeof usual>> {
  readonly extensions?: readonly Buffer[];
  readonly signatureAlgorithm?: Buffer;
  readonly signature?: Buffer;
}

/** A certificate that nobody signed, of these fields where they are given. */
export const madeCertificate = ({ extensions = [], signatureAlgorithm, signature, ...fields }: Unusual = {}): Buffer =>
  sequence(
    sequence(
      ...Object.values({ ...usual(), ...fields }),
      ...(extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))]),
    ),
    signatureAlgorithm ?? ecdsaWithSha256,
    signature ?? der(0x03, Buffer.alloc(72)),
  );
