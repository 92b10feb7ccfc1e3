import { type BrowserContext, chromium } from 'playwright-core';
import { pathOf } from './tools.ts';

const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium with an empty profile of its own. */
export const openBrowser = (): Promise<BrowserContext> =>
  chromium.launchPersistentContext('', {
    executablePath: pathOf('chromium') ?? '',
    args: browserArguments,
  });
