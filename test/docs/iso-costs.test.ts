import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { costs } from '../../bench/iso-bench.ts';

const text = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const cents = (dollars: number, digits = 2): string => `${(dollars * 100).toFixed(digits)} ¢`;

describe('operations.md', () => {
  it.each(costs())('tells what an ISO of $gigabytes GB costs', ({ gigabytes, total, ...parts }) => {
    const { requests, transitions, lambda, storage } = parts;
    const cells = [requests, transitions, lambda, storage].map((cost) => cents(cost));
    expect(text).toContain(`| ${[`${gigabytes} GB`, ...cells, cents(total, 0)].join(' | ')} |`);
  });
});
