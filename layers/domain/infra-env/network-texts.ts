import { entriesOf } from '../values/json.ts';
import { excerpt } from '../values/printable.ts';

const membersOf = (value: unknown): readonly (readonly [name: string, member: unknown])[] =>
  [...(Array.isArray(value) ? value.entries() : (entriesOf(value) ?? []))].map(([name, member]) => [`${name}`, member]);

/** Every text of an NMState document, key or value. */
export const textsIn = (document: unknown): ReadonlySet<string> => {
  const texts = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') texts.add(value);
    for (const [name, member] of typeof value === 'string' ? [] : membersOf(value)) {
      texts.add(name);
      visit(member);
    }
  };
  visit(document);
  return texts;
};

/**
 * Where an NMState document has such a text, as a value or as a key; undefined when it has none. The text itself is not
 * told: it may be a password.
 */
export const placeOfText = (
  document: unknown,
  isMeant: (text: string) => boolean,
  place: readonly string[] = [],
): string | undefined => {
  if (typeof document === 'string') return isMeant(document) ? excerpt(place.join('.')) : undefined;
  for (const [name, member] of membersOf(document)) {
    const itsPlace = [...place, name];
    const found = isMeant(name) ? excerpt(itsPlace.join('.')) : placeOfText(member, isMeant, itsPlace);
    if (found !== undefined) return found;
  }
  return undefined;
};
