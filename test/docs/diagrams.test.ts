import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagrams, withDiagrams } from '../../docs/diagrams.ts';

const text = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');

describe('architecture.md', () => {
  it('has the diagrams that the definitions make (npm run docs)', () => {
    expect(withDiagrams(text)).toBe(text);
  });

  it('has every diagram', () => {
    expect([...text.matchAll(/<!-- diagram: ([\w-]+) -->\n```mermaid/g)].map(([, name]) => name)).toEqual(
      Object.keys(diagrams),
    );
  });
});
