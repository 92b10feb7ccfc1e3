import {
  bitsOf,
  check,
  type Element,
  elementsIn,
  elementsOf,
  identifierOf,
  integerOf,
  isPositive,
  refuse,
  tags,
} from './der.ts';
import { algorithmOf } from './fields.ts';

interface Key {
  readonly bits: Buffer;
  readonly parameters: Element | undefined;
}

const malformed = 'has a malformed public key';

/** Bytes of one coordinate on the curves that Go knows: P-224, P-256, P-384 and P-521. */
const coordinateSizes: ReadonlyMap<string, number> = new Map([
  ['2b81040021', 28],
  ['2a8648ce3d030107', 32],
  ['2b81040022', 48],
  ['2b81040023', 66],
]);

const checkRsa = ({ bits, parameters }: Key): void => {
  check(parameters?.tag === tags.null && parameters.content.length === 0, 'has an RSA key without the NULL parameters');
  const [modulus, exponent] = elementsIn(elementsOf(bits)[0], tags.sequence, malformed);
  check(isPositive(integerOf(modulus, malformed)), malformed);
  const size = integerOf(exponent, malformed);
  check(isPositive(size) && size.length <= 8, malformed);
};

/** Whether the point is on the curve is for node:crypto to say. */
const checkEc = ({ bits, parameters }: Key): void => {
  check(parameters?.tag === tags.oid, 'gives its elliptic curve by parameters instead of a name');
  const curve = coordinateSizes.get(identifierOf(parameters, malformed));
  const size = curve ?? refuse('has an elliptic curve other than P-224, P-256, P-384 and P-521');
  check(bits[0] === 4 && bits.length === 1 + 2 * size, 'has a point of an elliptic curve in compressed form');
};

/** Ed25519 and X25519. */
const check25519 = ({ bits, parameters }: Key): void =>
  check(parameters === undefined && bits.length === 32, malformed);

const checkDsa = ({ bits, parameters }: Key): void => {
  const numbers = [elementsOf(bits)[0], ...elementsIn(parameters, tags.sequence, malformed).slice(0, 3)];
  check(numbers.length === 4 && numbers.every((number) => isPositive(integerOf(number, malformed))), malformed);
};

/** The kinds that Go looks into; it takes others as they are. */
const kinds: ReadonlyMap<string, (key: Key) => void> = new Map([
  ['2a864886f70d010101', checkRsa],
  ['2a8648ce3d0201', checkEc],
  ['2b6570', check25519],
  ['2b656e', check25519],
  ['2a8648ce380401', checkDsa],
]);

/** Checks what a certificate says of its key. @throws CertificateFault */
export const checkPublicKey = (information: Element | undefined): void => {
  const [algorithm, key] = elementsIn(information, tags.sequence, malformed);
  const { type, parameters } = algorithmOf(algorithm, malformed);
  const bits = bitsOf(key, malformed);
  check(key?.content[0] === 0, malformed);
  kinds.get(type)?.({ bits, parameters });
};
