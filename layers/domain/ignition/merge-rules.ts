/** How two values of one member of an Ignition config become one; neither is null. */
export type MergeRule = (parent: unknown, child: unknown) => unknown;

/** What distinguishes one entry of a list from another. */
export type KeyOf = (entry: unknown) => unknown;

type Members = Readonly<Record<string, unknown>>;

const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

const entriesOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The member itself, where null counts as absent. */
export const by =
  (name: string): KeyOf =>
  (entry) =>
    membersOf(entry)[name] ?? undefined;

const mergeMember = (rule: MergeRule | undefined, parent: unknown, child: unknown): unknown => {
  if (child === undefined || child === null) return parent ?? child;
  return rule === undefined || parent === undefined || parent === null ? child : rule(parent, child);
};

/** Member by member: the child's wins, unless a rule says how the two become one. null is not a value. */
export const struct = (rules: Readonly<Record<string, MergeRule>> = {}): MergeRule => {
  const known = new Map(Object.entries(rules));
  return (parent, child) => {
    const [below, above] = [membersOf(parent), membersOf(child)];
    const names = [...new Set([...Object.keys(below), ...Object.keys(above)])];
    return Object.fromEntries(names.map((name) => [name, mergeMember(known.get(name), below[name], above[name])]));
  };
};

/** Entries of one key become one, in the parent's place; the child's others follow. */
export const keyed =
  (keyOf: KeyOf, rule: MergeRule = struct()): MergeRule =>
  (parent, child) => {
    const children = new Map(entriesOf(child).map((entry) => [keyOf(entry), entry]));
    const known = new Set(entriesOf(parent).map(keyOf));
    const merged = entriesOf(parent).map((entry) => mergeMember(rule, entry, children.get(keyOf(entry))));
    return [...merged, ...entriesOf(child).filter((entry) => !known.has(keyOf(entry)))];
  };

/** Each text once. */
export const united: MergeRule = (parent, child) => [...new Set([...entriesOf(parent), ...entriesOf(child)])];

/** One after the other, repetitions included. */
export const joined: MergeRule = (parent, child) => [...entriesOf(parent), ...entriesOf(child)];

/** By name; a header without value takes the parent's away. */
export const headers: MergeRule = (parent, child) => {
  const nameOf = by('name');
  const known = new Set(entriesOf(parent).map(nameOf));
  const hasValue = (entry: unknown) => by('value')(entry) !== undefined;
  const removed = new Set(
    entriesOf(child)
      .filter((entry) => !hasValue(entry) && known.has(nameOf(entry)))
      .map(nameOf),
  );
  const stays = (entry: unknown) => !removed.has(nameOf(entry));
  return keyed(nameOf)(entriesOf(parent).filter(stays), entriesOf(child).filter(stays));
};

interface Family {
  readonly lists: readonly string[];
  readonly keyOf: KeyOf;
}

/** A struct some of whose lists share their keys: the child's entry removes the parent's from the other lists. */
export const related =
  ({ lists, keyOf }: Family, rule: MergeRule): MergeRule =>
  (parent, child) => {
    const [below, above] = [membersOf(parent), membersOf(child)];
    const keysIn = (names: readonly string[]) => new Set(names.flatMap((name) => entriesOf(above[name]).map(keyOf)));
    const keptIn = (list: string) => {
      const moved = keysIn(lists.filter((other) => other !== list));
      return entriesOf(below[list]).filter((entry) => !moved.has(keyOf(entry)));
    };
    const present = lists.filter((list) => Array.isArray(below[list]));
    return rule({ ...below, ...Object.fromEntries(present.map((list) => [list, keptIn(list)])) }, child);
  };
