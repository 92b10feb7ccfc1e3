import { excerpt } from './printable.ts';

/** Levels of lists and objects in each other; what a user sends has fewer than ten. */
const maximumDepth = 50;

type Kind = 'malformed' | 'too deep' | 'repeated key';

/** Why a text is not taken as JSON. The reason is fit for whoever sent the text: it quotes nothing but a key of it. */
export class JsonFault extends SyntaxError {
  readonly kind: Kind;
  /** The key that an object names twice. */
  readonly key: string | undefined;
  readonly reason: string;

  constructor(kind: Kind, reason: string, key?: string) {
    super(reason);
    this.kind = kind;
    this.key = key;
    this.reason = reason;
  }
}

/** Where the string that starts at a quote ends: behind its last quote, or with the text. */
const endOfString = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
};

/** `a` and `\u0061` are one key. */
const keyOf = (quoted: string): string => (quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1));

/** The brackets and strings of a text, in order; it need not be JSON. */
function* tokensOf(text: string): Generator<string> {
  const start = /[[\]{}"]/g;
  for (let found = start.exec(text); found !== null; found = start.exec(text)) {
    if (found[0] !== '"') {
      yield found[0];
      continue;
    }
    const end = endOfString(text, found.index);
    const colon = /\s*:/y;
    colon.lastIndex = end;
    if (colon.test(text)) yield text.slice(found.index, end);
    start.lastIndex = end;
  }
}

// Before it is parsed: the parser takes seconds for millions of levels, and whoever recurses into the result fails.
const checkDepth = (text: string): void => {
  let depth = 0;
  for (const token of tokensOf(text)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth > maximumDepth) throw new JsonFault('too deep', `it is nested deeper than ${maximumDepth} levels`);
  }
};

/** @param text well-formed JSON */
const repeatedKeyIn = (text: string): string | undefined => {
  const open: Set<string>[] = [];
  for (const token of tokensOf(text)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else {
      const [keys, key] = [open.at(-1), keyOf(token)];
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
};

/**
 * Reads JSON whose objects and lists lie in each other at most 50 levels deep. Of a key that an object names twice the last
 * value counts.
 *
 * @throws JsonFault
 */
export const parseBoundedJson = (text: string): unknown => {
  checkDepth(text);
  try {
    return JSON.parse(text);
  } catch {
    // Not the parser's own words: they quote the text, which may hold a secret.
    throw new JsonFault('malformed', 'it is not valid JSON');
  }
};

/**
 * Reads JSON in which no object names a key twice: of such keys readers take the first, the last or both, so what was
 * checked here would not be what a host reads. Its depth is bounded to 50 levels, so that its value can be recursed into.
 *
 * @throws JsonFault
 */
export const parseJson = (text: string): unknown => {
  const value = parseBoundedJson(text);
  const key = repeatedKeyIn(text);
  if (key === undefined) return value;
  throw new JsonFault('repeated key', `the key ${excerpt(key)} is there twice`, key);
};

/** Whether a text is JSON that `parseJson` reads. */
export const isJson = (text: string): boolean => {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
};

/** A JSON object as a map of its own keys: names such as `__proto__` are keys like any other. */
export const entriesOf = (value: unknown): ReadonlyMap<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined;
