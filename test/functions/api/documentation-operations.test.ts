import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '#contract/openapi.ts';
import { routes } from '#contract/route-table.ts';
import { documentationOperations } from '#functions/api/documentation-operations.ts';
import { admitByGateway } from '#runtime/admission.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { httpEvent, lambdaContext } from '#test/runtime/events.ts';

const handler = httpHandler({
  routes,
  operations: documentationOperations(),
  admit: admitByGateway,
  logger: memoryLogger(),
});

/** As somebody whom the gateway does not know. */
const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
  const answer = await handler(httpEvent({ path, headers, userName: '' }), lambdaContext());
  const content = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
  return { status: answer.statusCode, headers: answer.headers ?? {}, content };
};

/** What the page links to, as a browser resolves it from the page's own address. */
const linksFrom = async (path: string): Promise<readonly string[]> => {
  const page = (await get(path)).content.toString();
  const links = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link = '']) => link);
  return links.map((link) => new URL(link, `https://api.example${path}`).href.replace('https://api.example', ''));
};

describe('GET /openapi.json', () => {
  it('is the document of the route table', async () => {
    const { status, headers, content } = await get('/openapi.json');
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'public, max-age=300' });
    expect(JSON.parse(content.toString())).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });
});

describe('GET /docs', () => {
  it('is a page that may load and run nothing but what this API serves', async () => {
    const { status, headers } = await get('/docs');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
  });

  it.each(['/docs', '/api/assisted-install/docs'])('served as %s links to what is there', async (path) => {
    const links = await linksFrom(path);
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect([link, (await get(link)).status]).toEqual([link, 200]);
  });

  it('asked for with a slash too many sends to the address from which its links work', async () => {
    const { status, headers } = await get('/api/assisted-install/docs/');
    expect([status, headers.location]).toEqual([308, '/api/assisted-install/docs']);
  });
});

describe('a file of the page', () => {
  it.each([
    ['swagger-ui.css', 'text/css; charset=utf-8', '.swagger-ui'],
    ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8', 'SwaggerUIBundle'],
    ['start.js', 'text/javascript; charset=utf-8', "url: 'openapi.json'"],
    ['favicon-32x32.png', 'image/png', 'PNG'],
  ])('%s is %s', async (file, media, text) => {
    const { status, headers, content } = await get(`/docs/${file}`);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': media,
      'cache-control': 'public, max-age=86400',
      'x-content-type-options': 'nosniff',
    });
    expect(content.includes(text)).toBe(true);
  });

  it('is small on its way, and the same at its end', async () => {
    const plain = await get('/docs/swagger-ui-bundle.js');
    const { headers, content } = await get('/docs/swagger-ui-bundle.js', { 'accept-encoding': 'gzip, br' });
    expect(headers['content-encoding']).toBe('gzip');
    expect(content.length).toBeLessThan(1024 ** 2);
    expect(gunzipSync(content).equals(plain.content)).toBe(true);
  });

  it.each(['swagger-ui.js', 'package.json', '..%2fpackage.json', '%2e%2e', 'swagger-ui.css%00'])(
    '%s is none',
    async (file) => {
      expect((await get(`/docs/${file}`)).status).toBe(400);
    },
  );
});
