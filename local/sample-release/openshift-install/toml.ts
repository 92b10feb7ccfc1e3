import type { Mapping } from './shape.ts';
import { isMapping } from './shape.ts';

/**
 * The part of TOML that a registries.conf uses: comments, tables, arrays of tables, dotted keys, one-line strings,
 * integers, floats, booleans, arrays and inline tables. Multi-line strings, dates and times are not read: refused.
 */
interface Cursor {
  readonly text: string;
  at: number;
}

const fail = ({ text, at }: Cursor, reason: string): never => {
  const before = text.slice(0, at).split('\n');
  throw new Error(`(${before.length}, ${(before.at(-1)?.length ?? 0) + 1}): ${reason}`);
};

/** Advances over what the sticky pattern matches and returns it; undefined, without moving, when it does not match. */
const take = (cursor: Cursor, pattern: RegExp): string | undefined => {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  cursor.at += found?.length ?? 0;
  return found;
};

const skipSpace = (cursor: Cursor): unknown => take(cursor, /[ \t]*/y);
const skipBlank = (cursor: Cursor): unknown => take(cursor, /(?:\s|#[^\n]*)*/y);

const expect = (cursor: Cursor, pattern: RegExp, what: string): string =>
  take(cursor, pattern) ?? fail(cursor, `expected ${what}`);

const resolveEscapes = (cursor: Cursor, quoted: string): string => {
  const json = quoted.replaceAll(/\\U([0-9a-fA-F]{8})/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
  try {
    return String(JSON.parse(json));
  } catch {
    return fail(cursor, 'invalid escape in string');
  }
};

const takeString = (cursor: Cursor): string | undefined => {
  const basic = take(cursor, /"(?:[^"\\\n]|\\.)*"/y);
  if (basic !== undefined) return resolveEscapes(cursor, basic);
  return take(cursor, /'[^'\n]*'/y)?.slice(1, -1);
};

const takeKey = (cursor: Cursor): string[] => {
  const parts: string[] = [];
  do {
    skipSpace(cursor);
    parts.push(takeString(cursor) ?? expect(cursor, /[A-Za-z0-9_-]+/y, 'a key'));
    skipSpace(cursor);
  } while (take(cursor, /\./y));
  return parts;
};

const takeItems = (cursor: Cursor, end: RegExp, item: () => void): void => {
  for (skipBlank(cursor); !take(cursor, end); skipBlank(cursor)) {
    item();
    skipBlank(cursor);
    if (take(cursor, end)) return;
    expect(cursor, /,/y, 'a comma');
  }
};

const takeArray = (cursor: Cursor): unknown[] => {
  const items: unknown[] = [];
  takeItems(cursor, /\]/y, () => items.push(takeValue(cursor)));
  return items;
};

const takeInlineTable = (cursor: Cursor): Mapping => {
  const table: Mapping = {};
  takeItems(cursor, /\}/y, () => takePair(cursor, table));
  return table;
};

const takeValue = (cursor: Cursor): unknown => {
  if (take(cursor, /\[/y)) return takeArray(cursor);
  if (take(cursor, /\{/y)) return takeInlineTable(cursor);
  const text = takeString(cursor);
  if (text !== undefined) return text;
  const boolean = take(cursor, /(?:true|false)\b/y);
  if (boolean) return boolean === 'true';
  return Number(expect(cursor, /[+-]?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?\b/y, 'a value').replaceAll('_', ''));
};

/** The table under a key; the last element where the key names an array of tables. */
const enter = (cursor: Cursor, table: Mapping, key: string): Mapping => {
  table[key] ??= {};
  const found = Array.isArray(table[key]) ? table[key].at(-1) : table[key];
  return isMapping(found) ? found : fail(cursor, `the key ${JSON.stringify(key)} is no table`);
};

const takePair = (cursor: Cursor, table: Mapping): void => {
  const path = takeKey(cursor);
  const name = path.pop() ?? '';
  const target = path.reduce((parent, key) => enter(cursor, parent, key), table);
  if (Object.hasOwn(target, name)) fail(cursor, `the key ${JSON.stringify(name)} was given twice`);
  expect(cursor, /=[ \t]*/y, 'an equals sign');
  target[name] = takeValue(cursor);
};

const appendTable = (cursor: Cursor, parent: Mapping, name: string): Mapping => {
  parent[name] ??= [];
  const list = parent[name];
  if (!Array.isArray(list)) return fail(cursor, `the key ${JSON.stringify(name)} is no array of tables`);
  const table: Mapping = {};
  list.push(table);
  return table;
};

const takeHeader = (cursor: Cursor, root: Mapping, isArray: boolean): Mapping => {
  const path = takeKey(cursor);
  expect(cursor, isArray ? /\]\]/y : /\]/y, 'a closing bracket');
  const name = path.pop() ?? '';
  const parent = path.reduce((table, key) => enter(cursor, table, key), root);
  return isArray ? appendTable(cursor, parent, name) : enter(cursor, parent, name);
};

/** Parses a TOML text. Throws an Error that starts with `(line, column): `. */
export const parseToml = (text: string): Mapping => {
  const cursor: Cursor = { text, at: 0 };
  const root: Mapping = {};
  let table = root;
  for (skipBlank(cursor); cursor.at < text.length; skipBlank(cursor)) {
    if (take(cursor, /\[\[/y)) table = takeHeader(cursor, root, true);
    else if (take(cursor, /\[/y)) table = takeHeader(cursor, root, false);
    else takePair(cursor, table);
    expect(cursor, /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y, 'the end of the line');
  }
  return root;
};
