import { createServer } from 'node:http';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Route, routes } from '#contract/route-table.ts';
import { listen } from '#emulators/http/listen.ts';
import { openBrowser } from '#test/browser.ts';
import { patience } from '#test/patience.ts';
import { hasTools } from '#test/tools.ts';
import { runningStack } from './stack.ts';

/** What a page asks of other hosts, and what its console complains of, from now on. */
const watch = (page: Page, origin: string) => {
  const seen = { strayRequests: [] as string[], complaints: [] as string[] };
  page.on('request', (request) => {
    if (![origin, 'null'].includes(new URL(request.url()).origin)) seen.strayRequests.push(request.url());
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) seen.complaints.push(message.text());
  });
  page.on('pageerror', (error) => seen.complaints.push(error.message));
  return seen;
};

const allOperations = Object.values<Route>(routes).map(({ method, path }) => `${method} ${path}`);

/** Method and path of the operations that a page shows. */
const shownOn = (page: Page): Promise<string[]> =>
  page.locator('.opblock-summary').evaluateAll((summaries) =>
    summaries.map((summary) => {
      const part = (name: string) => summary.querySelector(`.opblock-summary-${name}`)?.textContent ?? '';
      return `${part('method')} ${part('path')}`.replaceAll('\u200b', '');
    }),
  );

describe.runIf(hasTools('chromium'))('the documentation, in a browser', () => {
  let url: string;
  let browser: BrowserContext;

  beforeAll(async () => {
    ({ url } = await runningStack({ installers: { '4.20.3': {} } }));
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  const open = async (path: string) => {
    const page = await browser.newPage();
    page.setDefaultTimeout(patience.timeout);
    const seen = watch(page, url);
    await page.goto(`${url}${path}`);
    await page.locator('.opblock').first().waitFor();
    return { page, seen };
  };

  it.each(['/docs', '/api/assisted-install/docs/'])(
    'shows every operation at %s, asks nothing of another host and complains of nothing',
    async (path) => {
      const { page, seen } = await open(path);
      expect((await shownOn(page)).toSorted()).toEqual(allOperations.toSorted());
      expect(seen).toEqual({ strayRequests: [], complaints: [] });
      await page.close();
    },
  );

  describe('a page that registers a cluster, as any page can try to', () => {
    const statusFrom = async (address: string): Promise<number | undefined> => {
      const page = await browser.newPage();
      await page.goto(address, { waitUntil: 'commit' });
      const answered = page.waitForResponse(`${url}/v2/clusters/disconnected`);
      await page.evaluate((target) => {
        const body = JSON.stringify({ name: 'edge', openshift_version: '4.20' });
        void fetch(target, { method: 'POST', mode: 'no-cors', body: new Blob([body]) });
      }, `${url}/v2/clusters/disconnected`);
      const status = (await answered).status();
      await page.close();
      return status;
    };

    it('is served if it is one of the API', async () => {
      expect(await statusFrom(`${url}/docs`)).toBe(201);
    });

    it('is refused if it is of another origin', async () => {
      const server = createServer((_, response) => response.end('a page'));
      const stranger = await listen(server);
      expect(await statusFrom(stranger.endpoint)).toBe(403);
      // The browser keeps connections in reserve.
      server.closeAllConnections();
      await stranger.close();
    });
  });

  describe('in use', () => {
    let page: Page;
    let seen: ReturnType<typeof watch>;

    beforeAll(async () => {
      ({ page, seen } = await open('/api/assisted-install/docs'));
    });

    afterAll(() => page.close());

    it('opens an operation: its example, its fields with their descriptions, its refusals', async () => {
      const operation = page.locator('#operations-infra-envs-RegisterInfraEnv');
      await operation.locator('.opblock-summary-control').click();
      const body = operation.locator('.opblock-section-request-body');
      await body.locator('pre', { hasText: '"image_type": "disconnected-iso"' }).waitFor();
      await body.getByText('Schema', { exact: true }).click();
      await body.getByText('address of the host that leads the installation').waitFor();
      const statuses = await operation.locator('tr.response .response-col_status').allTextContents();
      expect(statuses).toEqual(expect.arrayContaining(['201', '400', '401', '404', '409', '500']));
    });

    it('calls an operation and shows its answer', async () => {
      const operation = page.locator('#operations-releases-ListOpenshiftVersions');
      await operation.locator('.opblock-summary-control').click();
      await operation.getByRole('button', { name: 'Try it out' }).click();
      await operation.getByRole('button', { name: 'Execute' }).click();
      const answer = operation.locator('.live-responses-table');
      await answer.locator('pre', { hasText: '"4.20.3"' }).waitFor();
      expect(await answer.locator('tbody .response-col_status').textContent()).toBe('200');
    });

    it('is dark for somebody who has told their system so', async () => {
      const colour = () => page.evaluate('getComputedStyle(document.documentElement).colorScheme');
      expect(await colour()).not.toBe('dark');
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(colour, patience).toBe('dark');
    });

    it('asks nothing of another host and complains of nothing', () => {
      expect(seen).toEqual({ strayRequests: [], complaints: [] });
    });
  });
});
