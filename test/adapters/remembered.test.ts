import { describe, expect, it } from 'vitest';
import { remembered } from '#adapters/remembered.ts';

describe('a remembered answer', () => {
  it('is asked for once, also by those who ask at the same time', async () => {
    let asked = 0;
    const ask = remembered(async () => {
      asked += 1;
      return asked;
    });
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    expect(await ask()).toBe(1);
  });

  it('is asked for again after a failure', async () => {
    const outcomes = [() => Promise.reject(new Error('not now')), async () => 'answer'];
    const ask = remembered(async () => outcomes.shift()?.());
    await expect(ask()).rejects.toThrow('not now');
    expect(await ask()).toBe('answer');
  });
});
