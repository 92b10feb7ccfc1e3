const stringOrKey = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;

const countKeysWritten = (text: string): number => {
  let count = 0;
  for (const [, colon] of text.matchAll(stringOrKey)) if (colon !== undefined) count += 1;
  return count;
};

/** Not recursive: the depth of the text is the caller's choice. */
const countKeysRead = (root: unknown): number => {
  let count = 0;
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    const children = Object.values(value);
    if (!Array.isArray(value)) count += children.length;
    for (const child of children) waiting.push(child);
  }
  return count;
};

/**
 * Reads JSON in which no object names a key twice: of such keys readers take the first, the last or both, so what was
 * checked here would not be what a host reads. The result is fit for looking into, not for recursing into: its depth
 * is not bounded.
 *
 * @throws SyntaxError; its message may hold parts of the text
 */
export const parseJson = (text: string): unknown => {
  const value: unknown = JSON.parse(text);
  if (countKeysWritten(text) !== countKeysRead(value)) throw new SyntaxError('an object names a key twice');
  return value;
};

/** A JSON object as a map of its own keys: names such as `__proto__` are keys like any other. */
export const entriesOf = (value: unknown): ReadonlyMap<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined;
