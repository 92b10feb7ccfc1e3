import { describe, expect, it } from 'vitest';
import { whenAsked } from '#adapters/when-asked.ts';

interface Counter {
  readonly add: (one: number, another: number) => Promise<number>;
  readonly fail: () => Promise<never>;
}

const counter: Counter = {
  add: async (one, another) => one + another,
  fail: async () => {
    throw new Error('as it does');
  },
};

/** A port that counts how often it is loaded, and whose loading fails at first, so many times. */
const counted = ({ failures = 0 } = {}) => {
  const loads = { count: 0 };
  const port = whenAsked(async () => {
    loads.count += 1;
    if (loads.count <= failures) throw new Error('cannot be loaded');
    return counter;
  });
  return { port, loads };
};

describe('a port that is loaded when it is asked', () => {
  it('is not loaded before', async () => {
    const { port, loads } = counted();
    const { add } = await port;
    expect(loads.count).toBe(0);
    expect(await add(1, 2)).toBe(3);
  });

  it('is loaded once, however many ask at once', async () => {
    const { port, loads } = counted();
    expect(await Promise.all([port.add(1, 2), port.add(3, 4)])).toEqual([3, 7]);
    expect(loads.count).toBe(1);
  });

  it('throws what its adapter throws', async () => {
    await expect(counted().port.fail()).rejects.toThrow('as it does');
  });

  it('is loaded again by the next who asks when that fails', async () => {
    const { port } = counted({ failures: 1 });
    await expect(port.add(1, 2)).rejects.toThrow('cannot be loaded');
    expect(await port.add(1, 2)).toBe(3);
  });
});
