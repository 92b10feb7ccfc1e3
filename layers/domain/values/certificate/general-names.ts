import { isAddress } from '../address.ts';
import { check, constructed, context, type Element, elementsIn, elementsOf, tags } from './der.ts';
import { isAscii } from './fields.ts';

const kinds = { email: context(1), dns: context(2), uri: context(6), address: context(7) } as const;

/** Printable, no label empty, no dot at its end; a constraint may begin with one. */
const isDomain = (text: string): boolean => text === '' || /^\.?[!-\-/-~]+(?:\.[!-\-/-~]+)*$/.test(text);

const uri = /^[a-z][a-z0-9+.-]*:(?:[\w.~!$&'()*+,;=:@/?#[\]-]|%[0-9a-f]{2})*$/i;
const authority = /^[^:]+:\/\/(?:[^@/?#]*@)?(\[[0-9a-f:.]*\]|[^/?#:[\]]*)(?::\d*)?(?:[/?#]|$)/i;

const isUri = (text: string): boolean => {
  if (!uri.test(text)) return false;
  if (!/^[^:]+:\/\//.test(text)) return true;
  const host = authority.exec(text)?.[1];
  return host !== undefined && (host.startsWith('[') ? isAddress(host.slice(1, -1)) : isDomain(host));
};

const isIpv4InIpv6 = (bytes: Buffer): boolean =>
  bytes.length === 16 && bytes.subarray(0, 10).every((byte) => byte === 0) && bytes.readUInt16BE(10) === 0xffff;

const isAddressBytes = (bytes: Buffer): boolean => bytes.length === 4 || (bytes.length === 16 && !isIpv4InIpv6(bytes));

const isName = ({ tag, content }: Element): boolean => {
  if (tag === kinds.uri) return isUri(content.toString('latin1'));
  if (tag === kinds.address) return isAddressBytes(content);
  return (tag !== kinds.email && tag !== kinds.dns) || isAscii(content);
};

/** @throws CertificateFault */
export const checkAlternativeNames = (value: Buffer): void => {
  const malformed = 'has malformed subject alternative names';
  const names = elementsIn(elementsOf(value)[0], tags.sequence, malformed);
  check(names.every(isName), malformed);
};

/** Ones in front, then zeros. */
const isMask = (mask: Buffer): boolean =>
  /^1*0*$/.test([...mask].map((byte) => byte.toString(2).padStart(8, '0')).join(''));

const isAddressRange = (bytes: Buffer): boolean => {
  const half = bytes.length / 2;
  return isAddressBytes(bytes.subarray(0, half)) && isMask(bytes.subarray(half));
};

const isMailbox = (text: string): boolean => {
  const at = text.lastIndexOf('@');
  return /^[\w.!#$%&'*+/=?^`{|}~-]+$/.test(text.slice(0, at)) && isDomain(text.slice(at + 1));
};

const isConstraint = ({ tag, content }: Element): boolean => {
  const text = content.toString('latin1');
  if (tag === kinds.address) return (content.length === 8 || content.length === 32) && isAddressRange(content);
  if (tag === kinds.uri) return isDomain(text) && !isAddress(text);
  if (tag === kinds.email) return text.includes('@') ? isMailbox(text) : isDomain(text);
  return tag !== kinds.dns || isDomain(text);
};

/** @throws CertificateFault */
export const checkNameConstraints = (value: Buffer): void => {
  const malformed = 'has malformed name constraints';
  const subtrees = elementsIn(elementsOf(value)[0], tags.sequence, malformed);
  const order = subtrees.map(({ tag }) => tag).join();
  check(
    [[0], [1], [0, 1]].some((numbers) => order === numbers.map(constructed).join()),
    malformed,
  );
  for (const { content } of subtrees) {
    const names = elementsOf(content).map((subtree) => elementsIn(subtree, tags.sequence, malformed)[0]);
    check(names.length > 0 && names.every((name) => name !== undefined && isConstraint(name)), malformed);
  }
};
