import { createServer } from 'node:http';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadRoutes } from '#contract/routes/download-routes.ts';
import { failure, type ServiceError } from '#domain/errors.ts';
import { listen } from '#emulators/http/listen.ts';
import { isoImageOperations } from '#functions/downloads/iso-image.ts';
import { admitByGateway } from '#runtime/admission.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { openBrowser } from '#test/browser.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { aCluster, anInfraEnv } from '#test/fakes/records.ts';
import { httpEvent, lambdaContext } from '#test/runtime/events.ts';
import { hasTools } from '#test/tools.ts';

const browserAccept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const path = '/images/bytoken/good/4.20.0/x86_64/disconnected.iso';

/** The address of an image whose ISO is not there: asked for with a header Accept. */
const asking = (refusal: () => ServiceError, token = 'good') => {
  const handler = httpHandler({
    routes: downloadRoutes,
    operations: isoImageOperations({
      infraEnvs: { get: async () => anInfraEnv() } as never,
      clusters: { get: async () => aCluster() } as never,
      imageTokens: { open: async (given) => (given === 'good' ? anInfraEnv() : undefined) },
      open: false,
      linkToIso: async () => {
        throw refusal();
      },
    }),
    admit: admitByGateway,
    logger: memoryLogger(),
  });
  return async (accept: string, method = 'GET') => {
    const event = httpEvent({ method, path: path.replace('good', token), headers: { accept }, userName: '' });
    const { statusCode = 500, headers = {}, body = '' } = await handler(event, lambdaContext());
    return { status: statusCode, headers: headers as Record<string, string>, body };
  };
};

const pending = () => failure('IsoPending', { done: 12, parts: 865 });
const begun = () => failure('IsoPending', {});
const noBaseIso = () => failure('BaseIsoMissing', { version: '4.20.0' });
const postponed = () =>
  failure('CompositionPostponed', { limit: 100, until: '2026-03-01T13:00:00.000Z', retryAfterSeconds: 1020 });

describe('a browser that opens the address of an ISO', () => {
  it('which is being composed sees how far it is, on a page that asks again by itself', async () => {
    const { status, headers, body } = await asking(pending)(browserAccept);
    expect([status, headers['content-type'], headers['cache-control'], headers['retry-after']]).toEqual([
      503,
      'text/html; charset=utf-8',
      'no-store',
      '5',
    ]);
    expect(body).toContain('12 of 865 parts are there');
    expect(body).toContain('<progress max="865" value="12">');
    expect(body).toContain('<meta http-equiv="refresh" content="5">');
    expect(body).not.toContain('<script');
  });

  it('which nobody has asked for yet sees that it has begun', async () => {
    const { status, body } = await asking(begun)(browserAccept);
    expect(status).toBe(503);
    expect(body).toContain('It has just begun');
    expect(body).toContain('http-equiv="refresh"');
  });

  it('which cannot be had sees the reason, in a sentence, once', async () => {
    const { status, headers, body } = await asking(noBaseIso)(browserAccept);
    expect([status, headers['content-type']]).toEqual([409, 'text/html; charset=utf-8']);
    expect(body).toContain('<p>release 4.20.0 has no base ISO');
    expect(body).not.toContain('http-equiv="refresh"');
  });

  it('which is not composed in this hour sees when to come back', async () => {
    const { status, headers, body } = await asking(postponed)(browserAccept);
    expect([status, headers['retry-after']]).toEqual([429, '1020']);
    expect(body).toContain('ask again after 2026-03-01T13:00:00.000Z');
    expect(body).not.toContain('http-equiv="refresh"');
  });

  it('with a token that is not one sees no more than that', async () => {
    const { status, body } = await asking(pending, 'bad')(browserAccept);
    expect([status, body.includes('unauthenticated')]).toEqual([401, true]);
  });

  it('is shown what the reason quotes as text', async () => {
    const quoting = () => failure('IsoFailed', { reason: '<b onclick="x">&' });
    expect((await asking(quoting)(browserAccept)).body).toContain('&#60;b onclick=&#34;x&#34;&#62;&#38;');
  });
});

describe('a program', () => {
  it.each(['*/*', 'application/octet-stream', 'application/json'])('that takes %s gets JSON', async (accept) => {
    const { status, headers, body } = await asking(pending)(accept);
    expect([status, headers['content-type'], headers['retry-after']]).toEqual([503, 'application/json', '5']);
    expect(JSON.parse(body)).toMatchObject({ reason: expect.stringContaining('12 of 865') });
  });

  it('is told in how many seconds an ISO is composed that is not composed in this hour', async () => {
    const { status, headers, body } = await asking(postponed)('*/*');
    expect([status, headers['retry-after']]).toEqual([429, '1020']);
    expect(JSON.parse(body)).toMatchObject({ code: '429', id: 429, kind: 'Error', reason: postponed().message });
  });
});

describe.runIf(hasTools('chromium'))('in Chromium', () => {
  let browser: BrowserContext;
  let server: Awaited<ReturnType<typeof listen>>;
  let asked = 0;

  beforeAll(async () => {
    const ask = asking(pending);
    const waiting = createServer(async ({ headers: { accept = '' } }, response) => {
      asked += 1;
      if (asked > 1) {
        response.writeHead(200, { 'content-disposition': 'attachment; filename=agent-ove.x86_64.iso' }).end('ISO');
        return;
      }
      const { status, headers, body } = await ask(accept);
      response.writeHead(status, headers).end(body);
    });
    server = await listen(waiting);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  it('the page goes on by itself and ends in the download, and fits a narrow window', async () => {
    const page = await browser.newPage();
    const download = page.waitForEvent('download');
    for (const width of [400, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      if (width === 400) await page.goto(server.endpoint);
      expect(await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBeLessThanOrEqual(width);
    }
    expect(await page.textContent('h1')).toBe('The ISO is being composed');
    expect((await download).suggestedFilename()).toBe('agent-ove.x86_64.iso');
  });
});
