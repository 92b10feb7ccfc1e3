import {
  bitsOf,
  check,
  checkBoolean,
  constructed,
  contentOf,
  context,
  type Element,
  elementsIn,
  elementsOf,
  identifierOf,
  integerOf,
  isNegative,
  tags,
} from './der.ts';
import { checkAlternativeNames, checkNameConstraints } from './general-names.ts';

const malformed = 'has a malformed extension';

const listIn = (value: Buffer): readonly Element[] => elementsIn(elementsOf(value)[0], tags.sequence, malformed);

const checkCount = (element: Element | undefined): void => {
  const count = integerOf(element, malformed);
  check(!isNegative(count) && count.length <= 8, malformed);
};

const checkBasicConstraints = (value: Buffer): void => {
  const [first, second] = listIn(value);
  const isFlag = first?.tag === tags.boolean;
  if (isFlag) checkBoolean(first, malformed);
  const length = isFlag ? second : first;
  if (length !== undefined) checkCount(length);
};

const checkPolicies = (value: Buffer): void => {
  const policies = listIn(value).map((policy) =>
    identifierOf(elementsIn(policy, tags.sequence, malformed)[0], malformed),
  );
  check(new Set(policies).size === policies.length, 'names a certificate policy twice');
};

const checkPolicyMappings = (value: Buffer): void => {
  for (const mapping of listIn(value)) {
    const [issuer, subject] = elementsIn(mapping, tags.sequence, malformed);
    for (const policy of [issuer, subject]) identifierOf(policy, malformed);
  }
};

const checkPolicyConstraints = (value: Buffer): void => {
  for (const { tag, content } of listIn(value)) {
    check(tag === context(0) || tag === context(1), malformed);
    checkCount({ tag: tags.integer, content });
  }
};

const checkKeyUsages = (value: Buffer): void => {
  for (const usage of listIn(value)) identifierOf(usage, malformed);
};

const checkDistributionPoint = (point: Element): void => {
  const [name] = elementsIn(point, tags.sequence, malformed);
  if (name?.tag !== constructed(0)) return;
  // Go reads names in full alone.
  elementsIn(elementsOf(name.content)[0], constructed(0), malformed);
};

const checkDistributionPoints = (value: Buffer): void => listIn(value).forEach(checkDistributionPoint);

const checkInformationAccess = (value: Buffer): void => {
  for (const description of listIn(value))
    identifierOf(elementsIn(description, tags.sequence, malformed)[0], malformed);
};

interface Kind {
  readonly checkValue: (value: Buffer) => void;
  readonly neverCritical?: boolean;
}

/** The extensions that Go looks into, by their object identifiers (RFC 5280, 4.2). */
const kinds: ReadonlyMap<string, Kind> = new Map([
  [
    '551d0e',
    { checkValue: (value) => void contentOf(elementsOf(value)[0], tags.octetString, malformed), neverCritical: true },
  ],
  ['551d0f', { checkValue: (value) => void bitsOf(elementsOf(value)[0], malformed) }],
  ['551d11', { checkValue: checkAlternativeNames }],
  ['551d13', { checkValue: checkBasicConstraints }],
  ['551d1e', { checkValue: checkNameConstraints }],
  ['551d1f', { checkValue: checkDistributionPoints }],
  ['551d20', { checkValue: checkPolicies }],
  ['551d21', { checkValue: checkPolicyMappings }],
  ['551d23', { checkValue: (value) => void listIn(value), neverCritical: true }],
  ['551d24', { checkValue: checkPolicyConstraints }],
  ['551d25', { checkValue: checkKeyUsages }],
  ['551d36', { checkValue: (value) => checkCount(elementsOf(value)[0]) }],
  ['2b06010505070101', { checkValue: checkInformationAccess, neverCritical: true }],
] as const satisfies readonly (readonly [string, Kind])[]);

/** @returns the identifier */
const checkExtension = (extension: Element): string => {
  const [type, second, third] = elementsIn(extension, tags.sequence, malformed);
  const isCritical = second?.tag === tags.boolean;
  if (isCritical) checkBoolean(second, malformed);
  const value = contentOf(isCritical ? third : second, tags.octetString, malformed);
  const identifier = identifierOf(type, malformed);
  const kind = kinds.get(identifier);
  check(
    !(kind?.neverCritical && isCritical && second.content[0] !== 0),
    'calls an extension critical that must not be',
  );
  kind?.checkValue(value);
  return identifier;
};

/** Checks the extensions of a certificate of version 3. @throws CertificateFault */
export const checkExtensions = (extensions: Element): void => {
  const seen = listIn(extensions.content).map(checkExtension);
  check(new Set(seen).size === seen.length, 'has an extension twice');
};
