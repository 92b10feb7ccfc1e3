import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What fades in has the colours of neither before nor after. */
const motionEnds = (page: Page): Promise<unknown> =>
  page.evaluate(`Promise.allSettled(document.getAnimations()
    .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity)
    .map(({ finished }) => finished))`);

/** What axe finds on the page as it is now: rules with the elements that break them. */
const findingsOn = async (page: Page): Promise<readonly string[]> => {
  await motionEnds(page);
  if (!(await page.evaluate(`'axe' in window`))) await page.evaluate(await readFile(axe, 'utf8'));
  const findings: readonly Finding[] = await page.evaluate(
    `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  );
  return findings.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

const widthOf = (page: Page): Promise<number> => page.locator('html').evaluate(({ scrollWidth }) => scrollWidth);

/** Without findings, and within a narrow window. */
export const expectGood = async (page: Page): Promise<void> => {
  expect(await findingsOn(page)).toEqual([]);
  await page.setViewportSize({ width: 400, height: 800 });
  expect(await widthOf(page)).toBe(400);
  await page.setViewportSize({ width: 1280, height: 900 });
};
