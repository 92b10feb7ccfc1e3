import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPlan } from '#domain/composition/check-plan.ts';
import { type Part, partLimits, planSplice, type SplicePlan } from '#domain/composition/splice-plan.ts';
import type { Extent } from '#domain/iso/image.ts';

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;
const { smallest, largest } = partLimits;
const largestImage = 5 * 1024 * gibibyte;

const shapes = (plan: SplicePlan): string[] =>
  plan.map(({ kind, start, end }) => `${kind} ${start / mebibyte}-${end / mebibyte}`);

const planOf = (size: number, patches: readonly Extent[], partSize?: number): SplicePlan =>
  planSplice({ size, patches, ...(partSize === undefined ? {} : { partSize }) });

describe('a plan', () => {
  it('copies all but the 5 MiB from each patch on', () => {
    const plan = planOf(200 * mebibyte, [{ offset: 100 * mebibyte, length: 1000 }]);
    expect(shapes(plan)).toEqual(['copy 0-64', 'copy 64-100', 'upload 100-105', 'copy 105-169', 'copy 169-200']);
    expect(plan[2]).toMatchObject({ number: 3, patches: [{ offset: 100 * mebibyte, length: 1000 }] });
  });

  it('uploads near patches in one part', () => {
    const patches = [
      { offset: 106 * mebibyte, length: 1 },
      { offset: 100 * mebibyte, length: 1 },
    ];
    expect(shapes(planOf(200 * mebibyte, patches, gibibyte))).toEqual([
      'copy 0-100',
      `upload 100-${106 + 1 / mebibyte}`,
      `copy ${106 + 1 / mebibyte}-200`,
    ]);
  });

  it('copies between patches as soon as a part has room there', () => {
    const patches = [10, 20].map((at) => ({ offset: at * mebibyte, length: 1 }));
    expect(shapes(planOf(30 * mebibyte, patches))).toEqual([
      'copy 0-10',
      'upload 10-15',
      'copy 15-20',
      'upload 20-25',
      'copy 25-30',
    ]);
  });

  it('begins with an upload when a patch is too near to the start for a copy before it', () => {
    expect(shapes(planOf(30 * mebibyte, [{ offset: 4 * mebibyte, length: 1 }]))).toEqual(['upload 0-5', 'copy 5-30']);
  });

  it('may end with a small part', () => {
    const size = 30 * mebibyte;
    expect(planOf(size, [{ offset: size - 1, length: 1 }]).at(-1)).toMatchObject({
      kind: 'upload',
      start: size - 1,
      end: size,
    });
  });

  it('puts a rest that is too small for a part to the copy before it', () => {
    const patch = { offset: 130 * mebibyte, length: 1 };
    expect(shapes(planOf(140 * mebibyte, [patch])).slice(0, 3)).toEqual(['copy 0-64', 'copy 64-130', 'upload 130-135']);
  });

  it.each([1, 5 * mebibyte])('uploads an image of %i bytes as one part, patched or not', (size) => {
    for (const patches of [[], [{ offset: size - 1, length: 1 }]]) {
      expect(planOf(size, patches)).toEqual([{ kind: 'upload', number: 1, start: 0, end: size, patches }]);
    }
  });

  it('copies larger parts when there would be too many', () => {
    const plan = planOf(largestImage, [{ offset: gibibyte, length: 1 }]);
    expect(plan.length).toBeLessThanOrEqual(partLimits.count);
    expect(plan.length).toBeGreaterThan(9000);
  });

  it.each<[string, Extent[]]>([
    [
      'overlap',
      [
        { offset: 10, length: 5 },
        { offset: 14, length: 5 },
      ],
    ],
    ['end outside', [{ offset: 99, length: 2 }]],
    ['begin outside', [{ offset: -1, length: 2 }]],
    ['are empty', [{ offset: 10, length: 0 }]],
  ])('is not made for patches that %s', (_, patches) => {
    expect(() => planOf(100, patches)).toThrow(RangeError);
  });

  it('is not made for an image of nothing', () => expect(() => planOf(0, [])).toThrow(RangeError));
});

/** An image and patches anywhere in it, often at its ends or next to each other. */
const splices = fc
  .record({
    size: fc.oneof(
      fc.integer({ min: 1, max: 12 * mebibyte }),
      fc.integer({ min: 1, max: 200 * gibibyte }),
      fc.integer({ min: 1, max: largestImage }),
      fc.constant(largestImage),
    ),
    partSize: fc.integer({ min: smallest, max: 256 * mebibyte }),
    places: fc.array(
      fc.record({
        share: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
        near: fc.integer({ min: -11 * mebibyte, max: 11 * mebibyte }),
        length: fc.oneof(fc.constant(262_144), fc.integer({ min: 1, max: 8 * mebibyte })),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ size, partSize, places }) => {
    const patches: Extent[] = [];
    for (const { share, near, length } of places) {
      const offset = Math.min(size - 1, Math.max(0, Math.floor(share * (size - 1)) + near));
      const patch = { offset, length: Math.min(length, size - offset) };
      const isFree = patches.every((p) => p.offset + p.length <= offset || offset + patch.length <= p.offset);
      if (isFree) patches.push(patch);
    }
    return { size, partSize, patches };
  });

describe('every plan', () => {
  it('is one that S3 takes, with each byte once and each patch in one uploaded part', () => {
    fc.assert(
      fc.property(splices, (splice) => checkPlan(planSplice(splice), splice)),
      { numRuns: 300 },
    );
  });

  it('uploads little: 5 MiB for a patch, and what is between patches too near for a copy', () => {
    fc.assert(
      fc.property(splices, (splice) => {
        const uploaded = planSplice(splice)
          .filter(({ kind }) => kind === 'upload')
          .reduce((sum, { start, end }) => sum + end - start, 0);
        const patched = splice.patches.reduce((sum, { length }) => sum + length, 0);
        expect(uploaded).toBeLessThanOrEqual(patched + Math.max(1, splice.patches.length) * 2 * smallest);
      }),
    );
  });
});

describe('the check of a plan', () => {
  const size = 100 * mebibyte;
  const patches = [{ offset: 50 * mebibyte, length: 1 }];
  const plan = planOf(size, patches);
  const [first, second] = plan;
  const wrong = (part: Part | undefined, change: Partial<Part>): SplicePlan =>
    plan.map((each) => (each === part ? ({ ...each, ...change } as Part) : each));

  it.each<[string, SplicePlan, string]>([
    ['is empty', [], 'the parts end at 0, the image at 104857600'],
    ['ends early', plan.slice(0, -1), 'the parts end at'],
    ['goes too far', wrong(plan.at(-1), { end: size + 1 }), 'the parts end at 104857601'],
    ['begins late', plan.slice(1), 'part 2 is where part 1 should be'],
    ['has a gap', wrong(second, { start: 50 * mebibyte + 1 }), 'part 2 starts at'],
    ['has bytes twice', wrong(second, { start: 50 * mebibyte - 1 }), 'part 2 starts at'],
    ['has a part that is too small', wrong(first, { end: smallest - 1 }), 'part 1 has only 5242879 bytes'],
    ['has a part that is too large', wrong(first, { end: largest + 1 }), 'part 1 has 5368709121 bytes'],
    ['copies where a patch is', wrong(second, { kind: 'copy' }), 'not every patch is in one uploaded part'],
    ['forgets a patch', wrong(second, { kind: 'upload', patches: [] }), 'not every patch is in one uploaded part'],
    [
      'has a patch outside its part',
      wrong(second, { kind: 'upload', patches: [{ offset: 0, length: 1 }] }),
      'part 2 lacks a place of a patch',
    ],
    ['has too many parts', Array.from({ length: 10_001 }, () => plan[0] as Part), '10001 parts are more than 10000'],
  ])('refuses one that %s', (_, bad, reason) => {
    expect(() => checkPlan(bad, { size, patches })).toThrow(reason);
  });

  it('refuses one that copies an image which S3 copies no range of', () => {
    const bad: SplicePlan = [{ kind: 'copy', number: 1, start: 0, end: smallest }];
    expect(() => checkPlan(bad, { size: smallest, patches: [] })).toThrow('so small an image cannot be copied');
  });
});
