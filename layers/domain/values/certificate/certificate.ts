import { X509Certificate } from 'node:crypto';
import {
  bitsOf,
  CertificateFault,
  check,
  constructed,
  context,
  type Element,
  elementsIn,
  elementsOf,
  integerOf,
  isNegative,
  notCertificate,
  tags,
} from './der.ts';
import { checkExtensions } from './extensions.ts';
import { algorithmOf, checkName, checkValidity } from './fields.ts';
import { checkPublicKey } from './public-key.ts';

const malformed = notCertificate;

/** 0 for version 1, which need not be said. */
const versionIn = ([version]: readonly Element[]): number => {
  const [number] = integerOf(elementsIn(version, constructed(0), malformed)[0], malformed);
  return number !== undefined && number <= 2 ? number : 3;
};

/** Behind its fixed fields: unique identifiers, which nobody reads, and extensions, which version 3 alone has. */
const checkRest = (rest: readonly Element[], version: number): void => {
  const extensions = rest.filter(({ tag }) => tag !== context(1) && tag !== context(2));
  if (version < 2) return;
  check(extensions.length <= 1, malformed);
  for (const element of extensions) {
    check(element.tag === constructed(3), malformed);
    checkExtensions(element);
  }
};

const checkToBeSigned = (fields: readonly Element[], signature: Element | undefined): void => {
  const hasVersion = fields[0]?.tag === constructed(0);
  const version = hasVersion ? versionIn(fields) : 0;
  check(version <= 2, 'has a version other than 1 to 3');
  const [serial, algorithm, issuer, validity, subject, key, ...rest] = hasVersion ? fields.slice(1) : fields;
  check(!isNegative(integerOf(serial, 'has a malformed serial number')), 'has a negative serial number');
  algorithmOf(algorithm, malformed);
  const isSame = signature !== undefined && algorithm !== undefined && signature.content.equals(algorithm.content);
  check(isSame, 'names two different signature algorithms');
  checkName(issuer, 'issuer');
  checkValidity(validity);
  checkName(subject, 'subject');
  checkPublicKey(key);
  checkRest(rest, version);
};

const checkStructure = (bytes: Buffer): void => {
  const [certificate, ...behind] = elementsOf(bytes);
  check(behind.length === 0, malformed);
  const [toBeSigned, algorithm, signature, ...more] = elementsIn(certificate, tags.sequence, malformed);
  check(more.length === 0, malformed);
  checkToBeSigned(elementsIn(toBeSigned, tags.sequence, malformed), algorithm);
  bitsOf(signature, malformed);
};

const checkByOpenSsl = (bytes: Buffer): void => {
  try {
    const certificate = new X509Certificate(bytes);
    check(certificate.raw.equals(bytes), malformed);
    // Only reading the key finds a point that is not on its curve.
    check(certificate.publicKey.type === 'public', malformed);
  } catch {
    throw new CertificateFault(malformed);
  }
};

/**
 * Why Go's crypto/x509 would not read the bytes as a certificate (the services and installers on site are in Go, and stricter
 * than OpenSSL, which is asked too); undefined when it would. Neither validity dates, nor the signature, nor the right to sign
 * are judged.
 */
export const faultOfCertificate = (bytes: Buffer): string | undefined => {
  try {
    checkStructure(bytes);
    checkByOpenSsl(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof CertificateFault) return error.message;
    throw error;
  }
};
