import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../docs/decisions');

const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

const topics = readdirSync(folder).filter((file) => file !== 'README.md');

const numbersIn = (file: string): number[] =>
  [...read(file).matchAll(/^## (\d+)\. /gm)].map(([, number]) => Number(number));

/** The topics of the index, with their numbers. */
const index = new Map(
  [...read('README.md').matchAll(/^\| \[[^\]]+\]\(([^)]+)\) \| ([\d, ]+) \|$/gm)].map(([, file = '', numbers = '']) => [
    file,
    numbers.split(', ').map(Number),
  ]),
);

describe('the index of decisions', () => {
  it('has every topic', () => {
    expect([...index.keys()].toSorted()).toEqual(topics.toSorted());
  });

  it.each(topics)('has the decisions of %s, in order', (topic) => {
    expect(numbersIn(topic)).toEqual(index.get(topic));
    expect(numbersIn(topic)).toEqual(numbersIn(topic).toSorted((a, b) => a - b));
  });

  it('gives no number twice', () => {
    const all = topics.flatMap(numbersIn);
    expect(all.filter((number, at) => all.indexOf(number) !== at)).toEqual([]);
  });
});

describe.each(topics)('decisions/%s', (topic) => {
  it('dates every decision', () => {
    expect(read(topic).match(/^## \d+\. .+\n\d{4}-\d{2}-\d{2}$/gm)).toHaveLength(numbersIn(topic).length);
  });

  it('refers to decisions that exist', () => {
    const all = topics.flatMap(numbersIn);
    const referred = [...read(topic).matchAll(/\(decision (\d+)\)/g)].map(([, number]) => Number(number));
    expect(referred.filter((number) => !all.includes(number))).toEqual([]);
  });
});
