import type { Extent } from '../iso/image.ts';
import { type Part, partLimits, type SplicePlan } from './splice-plan.ts';

interface Expected {
  readonly size: number;
  readonly patches: readonly Extent[];
}

const isInside = (patch: Extent, { start, end }: Part): boolean =>
  patch.offset >= start && patch.offset + patch.length <= end;

const isSame = (one: Extent, other: Extent): boolean => one.offset === other.offset && one.length === other.length;

function* problemsOf(part: Part, expected: { number: number; start: number; isLast: boolean }): Generator<string> {
  const length = part.end - part.start;
  const { number, start, isLast } = expected;
  if (part.number !== number) yield `is where part ${number} should be`;
  if (part.start !== start) yield `starts at ${part.start}, not at ${start}`;
  if (length < (isLast ? 1 : partLimits.smallest)) yield `has only ${length} bytes`;
  if (length > partLimits.largest) yield `has ${length} bytes`;
  if (part.kind === 'upload' && !part.patches.every((patch) => isInside(patch, part))) yield 'lacks a place of a patch';
}

const checkParts = (plan: SplicePlan): void => {
  let start = 0;
  for (const [index, part] of plan.entries()) {
    const expected = { number: index + 1, start, isLast: index === plan.length - 1 };
    for (const problem of problemsOf(part, expected)) throw new RangeError(`part ${part.number} ${problem}`);
    start = part.end;
  }
};

/**
 * Judges a plan before anything is done by it, knowing nothing of how it was made: every byte comes once and in order, every
 * patch is in one uploaded part, and S3 takes the parts.
 *
 * @throws RangeError
 */
export const checkPlan = (plan: SplicePlan, { size, patches }: Expected): void => {
  if (plan.length > partLimits.count) throw new RangeError(`${plan.length} parts are more than ${partLimits.count}`);
  checkParts(plan);
  const end = plan.at(-1)?.end ?? 0;
  if (end !== size) throw new RangeError(`the parts end at ${end}, the image at ${size}`);
  const planned = plan.flatMap((part) => (part.kind === 'upload' ? part.patches : []));
  const isPlanned = (patch: Extent) => planned.filter((place) => isSame(place, patch)).length === 1;
  if (planned.length !== patches.length || !patches.every(isPlanned)) {
    throw new RangeError('not every patch is in one uploaded part');
  }
  const [only] = plan;
  if (size <= partLimits.smallest && only?.kind === 'copy') throw new RangeError('so small an image cannot be copied');
};
