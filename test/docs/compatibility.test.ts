import { describe, expect, it } from 'vitest';
import { routes } from '#contract/route-table.ts';
import { compatibilityRows } from './compatibility-rows.ts';

const verdicts = ['same', 'better', 'refused', 'own', 'not offered'];

const named = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;

const served = Object.values(routes).map(named).toSorted();

describe('the tables of operations in compatibility.md', () => {
  it('name every operation once', () => {
    const all = compatibilityRows.map(named);
    expect(all.length).toBeGreaterThan(80);
    expect(all.filter((operation, index) => all.indexOf(operation) !== index)).toEqual([]);
  });

  it('offer what the route table has, all of it and nothing else', () => {
    const offered = compatibilityRows.filter(({ verdict }) => verdict !== 'not offered').map(named);
    expect(offered.toSorted()).toEqual(served);
  });

  it.each(compatibilityRows)(
    'judge $method $path in one of five words, and say why where it is not the first',
    ({ verdict, remark }) => {
      expect(verdicts).toContain(verdict);
      if (verdict !== 'same') expect(remark).not.toBe('');
    },
  );
});
