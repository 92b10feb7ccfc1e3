import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../../docs/compatibility.md', import.meta.url), 'utf8');

/** The rows of the tables of operations in compatibility.md. */
export const compatibilityRows = [...text.matchAll(/^\| `([A-Z]+) (\/[^`]*)` \| [^|`]+ \| ([^|]+) \|(.*)\|$/gm)].map(
  ([, method = '', path = '', verdict = '', remark = '']) => ({ method, path, verdict, remark: remark.trim() }),
);

interface Difference {
  readonly request: string;
  readonly property: string;
  readonly kind: string;
  readonly outcome: string;
}

/** The rows of "Property by property": what differs of a property, each way of sending it on its own. */
export const listedDifferences: readonly Difference[] = [
  ...text.matchAll(/^\| `([A-Z]+ \/[^`]*)` \| `([^`]+)` \| ([^|]+) \| [^|]+ \|$/gm),
].flatMap(([, request = '', property = '', differences = '']) =>
  differences.split(',').map((difference) => {
    const [kind = '', outcome = ''] = difference.split(':').map((part) => part.trim());
    return { request, property, kind, outcome };
  }),
);
