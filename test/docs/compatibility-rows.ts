import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../../docs/compatibility.md', import.meta.url), 'utf8');

/** The rows of the tables of operations in compatibility.md. */
export const compatibilityRows = [...text.matchAll(/^\| `([A-Z]+) (\/[^`]*)` \| [^|]+ \| ([^|]+) \|(.*)\|$/gm)].map(
  ([, method = '', path = '', verdict = '', remark = '']) => ({ method, path, verdict, remark: remark.trim() }),
);
