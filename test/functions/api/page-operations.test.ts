import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { routes } from '#contract/route-table.ts';
import { pageOperations } from '#functions/api/page-operations.ts';
import { admitByGateway } from '#runtime/admission.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { httpEvent, lambdaContext } from '#test/runtime/events.ts';

const signIn = { authority: 'https://issuer.example/pool', client_id: 'page', scope: 'openid' };

const handlerOf = (page: Parameters<typeof pageOperations>[0]) =>
  httpHandler({ routes, operations: pageOperations(page), admit: admitByGateway, logger: memoryLogger() });

const open = handlerOf({ settings: { authentication: 'none' }, signInOrigins: [] });

/** As a browser that nobody has signed in to. */
const get = async (path: string, handler = open, encoding = 'gzip') => {
  const event = httpEvent({ path, headers: { 'accept-encoding': encoding }, userName: '' });
  const { statusCode, headers = {}, body = '', isBase64Encoded } = await handler(event, lambdaContext());
  const sent = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  return { status: statusCode, headers: headers as Readonly<Record<string, string>>, sent };
};

/** Names by which a browser asks for what was built; texts are there compressed. */
const built = (ending: string): readonly string[] =>
  readdirSync(join(import.meta.dirname, '../../../web/dist/page'))
    .map((name) => name.replace(/\.gz$/, ''))
    .filter((name) => name.endsWith(ending));

/** Files that the page names, which a browser loads at once. */
const linked = (page: string): readonly string[] =>
  [...page.matchAll(/(?:href|src)="\.\/page\/([^"]+)"/g)].map(([, file = '']) => file);

const sizeOf = async (files: readonly string[]): Promise<number> => {
  const answers = await Promise.all(files.map((file) => get(`/page/${file}`)));
  return answers.reduce((sum, { sent }) => sum + sent.length, 0);
};

describe('GET /', () => {
  it('is the page, which may run, load and ask nothing but what this API serves', async () => {
    const { status, headers, sent } = await get('/');
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(sent.toString()).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|https?:/);
  });

  it('may ask the issuer of tokens besides, where people sign in', async () => {
    const settings = { authentication: 'jwt', sign_in: signIn } as const;
    const handler = handlerOf({ settings, signInOrigins: ['https://issuer.example', 'https://login.example'] });
    const policy = (await get('/', handler)).headers['content-security-policy'];
    expect(policy).toContain("connect-src 'self' https://issuer.example https://login.example;");
    expect(JSON.parse((await get('/page-settings', handler)).sent.toString())).toEqual(settings);
  });

  it('links to files that are there and can be kept for good', async () => {
    const files = linked((await get('/')).sent.toString());
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const file of files) {
      const { status, headers } = await get(`/page/${file}`);
      expect([file, status]).toEqual([file, 200]);
      expect(headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      });
    }
  });
});

describe('a file of the page', () => {
  it.each([
    ['.js', 'text/javascript; charset=utf-8'],
    ['.css', 'text/css; charset=utf-8'],
    ['.woff2', 'font/woff2'],
    ['.svg', 'image/svg+xml; charset=utf-8'],
  ])('that ends in %s is %s', async (ending, media) => {
    for (const file of built(ending)) expect((await get(`/page/${file}`)).headers['content-type']).toBe(media);
  });

  it('of text is sent compressed', async () => {
    const [file = ''] = built('.css');
    const { headers, sent } = await get(`/page/${file}`);
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(sent).length).toBeGreaterThan(4 * sent.length);
  });

  it('of text is sent as it is to a client that does not take it compressed', async () => {
    const [file = ''] = built('.css');
    const [plain, zipped] = await Promise.all([get(`/page/${file}`, open, 'identity'), get(`/page/${file}`)]);
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(plain.sent).toEqual(gunzipSync(zipped.sent));
    for (const { headers } of [plain, zipped]) expect(headers.vary).toBe('accept-encoding');
  });

  it.each([
    ['gone-a1b2c3d4.js', 404],
    ['index.html', 400],
    ['..%2f..%2fpackage.js', 400],
    ['.hidden.js', 400],
  ])('%s answers %i', async (file, status) => {
    expect((await get(`/page/${file}`)).status).toBe(status);
  });
});

describe('the page on its way', () => {
  it('has its settings and its fonts asked for before its scripts run', async () => {
    const page = (await get('/')).sent.toString();
    const early = [...page.matchAll(/<link rel="preload" as="(\w+)"[^>]* crossorigin href="([^"]+)">/g)];
    expect(early.map(([, kind, address = '']) => [kind, address.replace(/-[\w-]{8}\.woff2$/, '')])).toEqual([
      ['fetch', './api/assisted-install/page-settings'],
      ['font', './page/RedHatTextVF'],
      ['font', './page/RedHatDisplayVF'],
    ]);
  });

  it('has at most 300 kB of scripts, compressed', async () => {
    expect(await sizeOf(built('.js'))).toBeLessThanOrEqual(300_000);
  });

  it('has at most 120 kB of scripts before somebody sees the list, compressed', async () => {
    const first = linked((await get('/')).sent.toString()).filter((file) => file.endsWith('.js'));
    expect(await sizeOf(first)).toBeLessThanOrEqual(120_000);
  });

  it('has at most 100 kB of styles, compressed', async () => {
    expect(await sizeOf(built('.css'))).toBeLessThanOrEqual(100_000);
  });
});
