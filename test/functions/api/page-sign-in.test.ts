import { createServer, type IncomingMessage } from 'node:http';
import { Events, OAuth2Server } from 'oauth2-mock-server';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenIssuer } from '#adapters/token-issuer.ts';
import { routes } from '#contract/route-table.ts';
import { failure } from '#domain/errors.ts';
import { listen } from '#emulators/http/listen.ts';
import { pageOperations } from '#functions/api/page-operations.ts';
import { pageOf } from '#functions/api/page-settings.ts';
import type { Admit } from '#runtime/admission.ts';
import { callerOfClaims } from '#runtime/caller.ts';
import { httpHandler } from '#runtime/http-handler.ts';
import { openBrowser } from '#test/browser.ts';
import { memoryLogger } from '#test/fakes/logger.ts';
import { patience } from '#test/patience.ts';
import { httpEvent, lambdaContext } from '#test/runtime/events.ts';
import { hasTools } from '#test/tools.ts';

const clientId = 'page';

/** The page, for people whom the issuer knows; their list is empty. */
const servePage = async (issuer: string) => {
  const readBearer = tokenIssuer({ issuer, audience: [clientId] });
  const admitted: string[] = [];
  const admit: Admit = async ({ access, request }) => {
    if (access === 'public') return undefined;
    const claims = await readBearer(request.headers.authorization ?? '');
    const caller = claims && callerOfClaims(claims);
    if (caller === undefined) throw failure('NotAuthenticated');
    admitted.push(caller.userName);
    return caller;
  };
  const environment = { AUTHENTICATION: 'jwt', JWT_ISSUER: issuer, PAGE_CLIENT_ID: clientId } as const;
  const handler = httpHandler({
    routes,
    operations: {
      ...pageOperations(pageOf(environment as Parameters<typeof pageOf>[0])),
      ListInfraEnvs: async () => ({ body: [] }),
    },
    admit,
    logger: memoryLogger(),
  });
  const answer = async ({ method = 'GET', url = '/', headers }: IncomingMessage) => {
    const { pathname } = new URL(url, 'http://page');
    const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    return handler(httpEvent({ method, path: pathname, headers: Object.fromEntries(texts) }), lambdaContext());
  };
  const server = createServer(async (request, response) => {
    const { statusCode = 500, headers = {}, body = '', isBase64Encoded } = await answer(request);
    response.writeHead(statusCode, headers as Record<string, string>);
    response.end(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
  });
  const { endpoint, close } = await listen(server);
  const closeAll = () => {
    // The browser keeps connections in reserve.
    server.closeAllConnections();
    return close();
  };
  return { url: endpoint, admitted, close: closeAll };
};

describe.runIf(hasTools('chromium'))('somebody who signs in', () => {
  const provider = new OAuth2Server();
  const asked: URLSearchParams[] = [];
  let served: Awaited<ReturnType<typeof servePage>>;
  let browser: BrowserContext;
  let page: Page;
  const violations: string[] = [];

  beforeAll(async () => {
    await provider.issuer.keys.generate('RS256');
    await provider.start(0, '127.0.0.1');
    provider.service.on(Events.BeforeTokenSigning, ({ payload }) =>
      Object.assign(payload, { aud: clientId, preferred_username: 'me' }),
    );
    provider.service.on(Events.BeforeAuthorizeRedirect, (_, { url }) =>
      asked.push(new URL(url ?? '', 'http://provider').searchParams),
    );
    served = await servePage(provider.issuer.url ?? '');
    browser = await openBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(patience.timeout);
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
    });
    await page.goto(`${served.url}/#/`);
  });

  afterAll(async () => {
    await browser.close();
    await served.close();
    await provider.stop();
  });

  it('sees nothing before', async () => {
    await page.getByRole('heading', { name: 'Sign in to make ISOs' }).waitFor();
    expect(served.admitted).toEqual([]);
  });

  it('comes back with a code, by PKCE, and sees their own', async () => {
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Make the first ISO' }).waitFor();
    expect(served.admitted).toContain('me');
    expect(
      asked.map((query) => [query.get('response_type'), query.get('code_challenge_method'), query.get('client_id')]),
    ).toEqual([['code', 'S256', clientId]]);
    expect(page.url()).toBe(`${served.url}/#/`);
  });

  it('leaves no token in the browser, and breaks no rule of the security policy', async () => {
    const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])');
    expect(kept).not.toMatch(/eyJ/);
    expect(violations).toEqual([]);
  });

  it('signs out at the issuer too, and sees nothing then', async () => {
    const ended = new Promise((resolve) => provider.service.once(Events.BeforePostLogoutRedirect, resolve));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await ended;
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Make the first ISO' }).waitFor();
  });

  it('is asked again after a reload, since the page has forgotten them', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
});
