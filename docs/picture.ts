/**
 * `npm run picture`: the picture of the page in README, taken by Chromium of the page at an address, by default that of
 * `npm start`. It fills the form; nothing is sent.
 */
import { join } from 'node:path';
import { openBrowser } from '#test/browser.ts';

const [address = 'http://127.0.0.1:8090/'] = process.argv.slice(2);
const browser = await openBrowser();
const page = await browser.newPage();
await page.setViewportSize({ width: 1100, height: 720 });
await page.goto(address);
await page.getByRole('link', { name: 'Make the first ISO' }).click();
await page.locator('#openshift_version').waitFor();
await page.locator('#name').fill('edge-berlin');
await page.getByRole('button', { name: 'Next' }).click();
await page.locator('#pull_secret').fill('{"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}}');
await page.getByRole('button', { name: 'Next' }).click();
await page.getByRole('button', { name: 'Add a host' }).click();
for (const [id, text] of [
  ['mac', '52:54:00:12:34:56'],
  ['address', '192.0.2.10/24'],
  ['gateway', '192.0.2.1'],
  ['dns', '192.0.2.53'],
]) {
  await page.locator(`#host-0-${id}`).fill(text ?? '');
}
await page.locator('#host-0-dns').blur();
await page.screenshot({ path: join(import.meta.dirname, 'page.png') });
await browser.close();
