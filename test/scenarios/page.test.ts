import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coreOsIso } from '#local/sample-release/core-os-iso.ts';
import { openBrowser } from '#test/browser.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { patience } from '#test/patience.ts';
import { hasTools } from '#test/tools.ts';
import { pullSecret, sshKey } from './client.ts';
import { operatorOf, sha256 } from './isos.ts';
import { expectGood } from './page-judgement.ts';
import { runningStack } from './stack.ts';
import { unattendedSite } from './unattended-site.ts';

describe.runIf(hasTools('chromium', 'xorriso'))('the page at /', () => {
  let stack: Awaited<ReturnType<typeof runningStack>>;
  let browser: BrowserContext;
  let page: Page;
  let site: Awaited<ReturnType<typeof unattendedSite>>;
  const seen = { strayRequests: [] as string[], complaints: [] as string[] };

  beforeAll(async () => {
    stack = await runningStack({ installers: { '4.20.3': {} } });
    const operate = await operatorOf(stack.dataDir);
    await operate('add-iso', '4.20.3', '--file', await coreOsIso({ folder: await sharedFolder() }));
    browser = await openBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(patience.timeout);
    page.on('request', (request) => {
      const { origin } = new URL(request.url());
      // Where a redirect leads is named too, though the page does not follow it: its security policy would complain.
      const isAsked = request.redirectedFrom() === null && !request.isNavigationRequest();
      if (origin !== stack.url && isAsked) seen.strayRequests.push(request.url());
    });
    page.on('pageerror', ({ message }) => seen.complaints.push(message));
    page.on('console', (message) => {
      if (/Content Security Policy|Warning:/i.test(message.text())) seen.complaints.push(message.text());
    });
    await page.goto(stack.url);
  });

  afterAll(() => browser.close());

  const problem = (text: string) => page.locator('.ove-problem', { hasText: text }).first().waitFor();
  const next = () => page.getByRole('button', { name: 'Next' }).click();
  const fill = async (texts: Readonly<Record<string, string>>) => {
    for (const [id, text] of Object.entries(texts)) await page.locator(`#${id}`).fill(text);
  };
  /** Goes on with wrong values, is told what is wrong, and mends them. */
  const goOn = async (
    wrong: Readonly<Record<string, string>>,
    reasons: readonly string[],
    right: Readonly<Record<string, string>>,
  ) => {
    await fill(wrong);
    await next();
    for (const reason of reasons) await problem(reason);
    await expectGood(page);
    await fill(right);
    await next();
  };

  it('explains itself to somebody who has made nothing yet', async () => {
    await page.getByRole('heading', { name: 'Say what the site needs' }).waitFor();
    await expectGood(page);
    await page.getByRole('link', { name: 'Make the first ISO' }).click();
    await page.getByRole('heading', { name: 'Which ISO is it?' }).waitFor();
    const arrival = await page.evaluate('[document.activeElement.tagName, document.title]');
    expect(arrival).toEqual(['MAIN', 'Make an ISO: ove-ignition']);
  });

  it('goes on from no step with what the rules refuse', async () => {
    await page.locator('#openshift_version').waitFor();
    await goOn({ name: 'Edge Berlin' }, ['Cluster name format is not valid'], { name: 'edge-berlin' });
    const film = { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(4 * 1024 ** 2 + 1) };
    await page.getByLabel('Pull secret, from a file').setInputFiles(film);
    await page.getByText('film.mp4 has more than 4 MiB').waitFor();
    await goOn(
      { pull_secret: '{', ssh_authorized_key: '-----BEGIN OPENSSH PRIVATE KEY-----\nhidden' },
      ['pull secret must be a well-formed JSON', 'a private key was given where a public one belongs'],
      { ssh_authorized_key: 'ssh-ed25519 AAAA' },
    );
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('hidden');
    await goOn({}, ['does not match any supported type'], {
      pull_secret: pullSecret,
      ssh_authorized_key: sshKey('me@edge'),
    });
    await page.getByRole('button', { name: 'Add a host' }).click();
    await goOn(
      { 'host-0-mac': '52:54', 'host-0-address': '192.0.2.10' },
      ['52:54 is not a MAC address', '192.0.2.10 is not an address with a prefix length'],
      { 'host-0-mac': '52:54:00:00:00:01', 'host-0-address': '192.0.2.10/24', rendezvous_ip: '192.0.2.999' },
    );
    await problem('must be a valid IPv4 or IPv6 address');
    await fill({ rendezvous_ip: '192.0.2.10' });
    await next();
    await goOn(
      { http_proxy: 'proxy:3128', ntp_sources: 'NTP_1', additional_trust_bundle: 'none' },
      ['The URL scheme must be http', 'Invalid NTP source', 'invalid block'],
      {
        http_proxy: 'http://me:hidden@proxy.example.org:3128',
        ntp_sources: '192.0.2.123',
        additional_trust_bundle: '',
      },
    );
    await page.locator('#installation').selectOption('prefilled');
    await goOn({ base_dns_domain: 'no_domain' }, ['DNS format mismatch'], { base_dns_domain: 'example.org' });
    await page.locator('#step-installation').click();
    await page.locator('#installation').selectOption('unattended');
    await goOn({ worker_count: '-1' }, ['expected number to be >=0'], { worker_count: '' });
    await page.locator('#step-installation').click();
    await page.locator('#installation').selectOption('');
    await next();
    await goOn(
      { kernel_arguments: 'a;b', ignition_config_override: '{}' },
      ['characters that the boot loader takes for commands', 'no version was found'],
      { kernel_arguments: 'console=ttyS0', ignition_config_override: '' },
    );
    await page.getByRole('heading', { name: 'What will be in the ISO' }).waitFor();
    await expectGood(page);
  });

  it('shows a host as YAML, and the same fields again', async () => {
    await page.locator('#step-network').click();
    await page.getByRole('button', { name: 'YAML' }).click();
    expect(await page.locator('#host-0-yaml').inputValue()).toContain('- ip: 192.0.2.10\n');
    await page.getByRole('button', { name: 'Fields' }).click();
    expect(await page.locator('#host-0-address').inputValue()).toBe('192.0.2.10/24');
  });

  it('keeps the draft over a reload, its secrets excepted', async () => {
    await page.reload();
    await page.locator('#openshift_version').waitFor();
    expect(await page.locator('#name').inputValue()).toBe('edge-berlin');
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(kept).toContain('192.0.2.10/24');
    expect(kept).not.toMatch(/auths|hidden/);
    await next();
    await next();
    await problem('an ISO needs one');
    await fill({ pull_secret: pullSecret });
    for (const title of ['each other', 'on site', 'installed', 'else', 'in the ISO']) {
      await next();
      await page.getByRole('heading', { name: title }).waitFor();
    }
  });

  it('shows what the service refuses at its field', async () => {
    await page.route('**/v2/infra-envs', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      const reason = 'failed to validate network yaml for host 0, libnm knows better';
      await route.fulfill({ status: 400, json: { code: '400', href: '', id: 400, kind: 'Error', reason } });
    });
    await page.getByRole('button', { name: 'Make the ISO' }).click();
    await problem('libnm knows better');
    await page.unroute('**/v2/infra-envs');
    expect((await stack.api.get('/v2/clusters')).body).toEqual([]);
    await fill({ 'host-0-gateway': '192.0.2.1' });
    await page.locator('#step-review').click();
  });

  it('makes an ISO, which is watched until it can be downloaded', async () => {
    await page.getByRole('button', { name: 'Make the ISO' }).click();
    const download = page.getByRole('link', { name: 'Download ISO edge-berlin' });
    await download.waitFor();
    await page.getByText(/Ready, .* MB/).waitFor();
    await expectGood(page);
    const [file] = await Promise.all([page.waitForEvent('download'), download.click()]);
    const [infraEnv] = (await stack.api.get('/v2/infra-envs')).body;
    expect(infraEnv).toMatchObject({
      name: 'edge-berlin',
      type: 'disconnected-iso',
      rendezvous_ip: '192.0.2.10',
      ntp_sources: '192.0.2.123',
      kernel_arguments: JSON.stringify([{ operation: 'append', value: 'console=ttyS0' }]),
    });
    const composed = Buffer.from(await (await fetch(infraEnv.download_url)).arrayBuffer());
    expect(composed.length).toBeGreaterThan(1024 ** 2);
    expect(sha256(await readFile(await file.path()))).toBe(sha256(composed));
  });

  it('downloads the ignition, and says how to patch an ISO', async () => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Ignition' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('discovery.ign');
    expect(JSON.parse(await readFile(await file.path(), 'utf8')).ignition.version).toMatch(/^3\./);
    await page.getByRole('button', { name: 'Patch an ISO' }).click();
    const [{ id }] = (await stack.api.get('/v2/infra-envs')).body;
    await expect
      .poll(() => page.getByRole('dialog').locator('input').inputValue())
      .toContain(`patch agent-ove.x86_64.iso --infra-env ${id} --api ${stack.url}`);
    await expectGood(page);
    await page.keyboard.press('Escape');
  });

  it('shows what is inside an ISO, where it comes from, and no secret unasked', async () => {
    await page.getByRole('link', { name: 'edge-berlin', exact: true }).click();
    await page.getByRole('heading', { name: 'Inside edge-berlin' }).waitFor();
    await page.getByText('console=ttyS0').waitFor();
    await page.getByRole('searchbox').fill('chrony');
    await page.getByText('/root/.docker/config.json').waitFor({ state: 'detached' });
    await page.getByRole('searchbox').fill('');
    const item = (name: string) => page.locator('details', { has: page.getByText(name, { exact: true }) });
    for (const [name, origin] of [
      ['/etc/chrony.conf', 'ntp_sources'],
      ['/etc/assisted/rendezvous-host.env', 'rendezvous_ip'],
      ['/etc/assisted/interactive-ui', 'openshift-install'],
    ]) {
      expect([name, await item(name ?? '').textContent()]).toEqual([name, expect.stringContaining(`${origin}`)]);
    }
    await item('/etc/chrony.conf').locator('summary').click();
    await page.getByText('server 192.0.2.123').waitFor();
    const secret = item('/root/.docker/config.json');
    await secret.locator('summary').click();
    expect(await page.content()).not.toContain('"auths"');
    await secret.getByRole('button', { name: 'Show the secret' }).click();
    await secret.getByText('"auths"').waitFor();
    await expectGood(page);
    await page.goBack();
  });

  it('changes an ISO in the same form', async () => {
    await page.getByRole('link', { name: 'Edit edge-berlin' }).click();
    await page.getByRole('heading', { name: 'Edit edge-berlin' }).waitFor();
    await page.locator('#step-network').click();
    expect(await page.locator('#host-0-gateway').inputValue()).toBe('192.0.2.1');
    await page.locator('#step-services').click();
    await fill({
      http_proxy: 'http://proxy.example.org:3128',
      ntp_sources: '',
      additional_ntp_sources: 'ntp.example.org',
    });
    await page.locator('#step-review').click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Download ISO edge-berlin' }).waitFor();
    const [infraEnv] = (await stack.api.get('/v2/infra-envs')).body;
    expect(infraEnv).toMatchObject({
      proxy: { http_proxy: 'http://proxy.example.org:3128' },
      additional_ntp_sources: 'ntp.example.org',
    });
    expect(infraEnv.ntp_sources).toBeUndefined();
  });

  it('says what an edit has changed inside', async () => {
    await page.getByRole('link', { name: 'edge-berlin', exact: true }).click();
    const changes = page.getByRole('region', { name: 'What changed' });
    await changes.getByText('/etc/chrony.conf').waitFor();
    expect(await changes.textContent()).not.toContain('/root/.docker/config.json');
    const manifest = page.locator('details', { has: page.getByText('/etc/assisted/manifests/infraenv.yaml') });
    expect(await manifest.textContent()).toMatch(/proxy.*additional_ntp_sources/);
    await expectGood(page);
    await page.goBack();
  });

  it('shows 200 ISOs, twenty at a time', async () => {
    const [infraEnv] = (await stack.api.get('/v2/infra-envs')).body;
    const many = Array.from({ length: 200 }, (_, at) => ({
      ...infraEnv,
      name: `edge-${at}`,
      ...(at === 0 ? { site_settings: 'separate' } : {}),
    }));
    await page.route('**/v2/infra-envs', (route) => route.fulfill({ json: many }));
    await page.reload();
    await page.getByRole('link', { name: 'edge-199', exact: true }).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(20);
    await page.getByRole('button', { name: 'Go to last page' }).click();
    await page.getByRole('link', { name: 'edge-0', exact: true }).waitFor();
    // One whose settings are on a medium of their own.
    await page.getByRole('button', { name: 'Medium of the site' }).waitFor();
    await expectGood(page);
    await page.unroute('**/v2/infra-envs');
  });

  it('saves kubeconfig and password of an unattended cluster as files, and keeps neither', async () => {
    const { clusterId, infraEnvId } = await unattendedSite(stack.api, '4.20.3');
    await page.reload();
    await page.getByRole('button', { name: 'Credentials of edge', exact: true }).click();
    for (const [button, name] of [
      ['Download kubeconfig', 'kubeconfig'],
      ['Download the password of kubeadmin', 'kubeadmin-password'],
    ] as const) {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ]);
      const { body } = await stack.api.get(`/v2/clusters/${clusterId}/downloads/credentials?file_name=${name}`);
      expect(file.suggestedFilename()).toBe(`edge-${name}`);
      expect(await readFile(await file.path(), 'utf8')).toBe(body);
      const kept = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])');
      expect(`${kept}${await page.content()}`).not.toContain(body.trim());
    }
    await expectGood(page);
    await page.keyboard.press('Escape');
    site = { clusterId, infraEnvId };
  });

  it('edits manifests and overrides of a cluster that is not entered on site, and leaves its hosts', async () => {
    const { clusterId, infraEnvId } = site;
    const withProperties = { name: 'cnv', properties: '{"a":1}' };
    await stack.api.patch(`/v2/clusters/${clusterId}`, { olm_operators: [withProperties] });
    const before = (await stack.api.get(`/v2/infra-envs/${infraEnvId}`)).body;
    await page.getByRole('link', { name: 'Edit edge', exact: true }).click();
    await page.locator('#step-installation').click();
    await fill({ olm_operators: 'cnv, nmstate' });
    await page.locator('#step-advanced').click();
    expect(await page.locator('#manifest-0-content').inputValue()).toContain('kind: ConfigMap');
    await page.getByRole('button', { name: 'Add a manifest' }).click();
    await page.locator('#manifest-1-name').fill('banner.yaml');
    await page.locator('#manifest-1-content').fill('a: [');
    await next();
    await page.getByText('has an invalid YAML format').waitFor();
    await expectGood(page);
    const banner = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: banner, namespace: default}\n';
    await fill({ install_config_overrides: '{"fips": true}', 'manifest-1-content': banner });
    await page.getByRole('button', { name: 'Remove manifest 1' }).click();
    await page.locator('#step-review').click();
    await page.getByText('banner.yaml').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Make an ISO' }).waitFor();
    const cluster = (await stack.api.get(`/v2/clusters/${clusterId}`)).body;
    expect(JSON.parse(cluster.install_config_overrides)).toEqual({ fips: true });
    expect(cluster.monitored_operators.slice(1)).toMatchObject([withProperties, { name: 'nmstate' }]);
    expect((await stack.api.get(`/v2/clusters/${clusterId}/manifests`)).body).toEqual([
      { file_name: 'banner.yaml', folder: 'manifests', manifest_source: 'user' },
    ]);
    const { updated_at: _, ...after } = (await stack.api.get(`/v2/infra-envs/${infraEnvId}`)).body;
    expect(before).toMatchObject({ hosts: after.hosts, static_network_config: after.static_network_config });
    await stack.api.delete(`/v2/infra-envs/${infraEnvId}`);
    await stack.api.delete(`/v2/clusters/${clusterId}`);
  });

  it('says so when a part of it is no longer on the server, and loads again', async () => {
    await page.route(/delete-question/, (route) => route.fulfill({ status: 404 }));
    await page.reload();
    await page.getByRole('button', { name: 'Delete edge-berlin' }).click();
    await page.getByRole('heading', { name: 'A part of this page could not be loaded' }).waitFor();
    await expectGood(page);
    await page.unroute(/delete-question/);
    await page.getByRole('button', { name: 'Load the page again' }).click();
    await page.getByRole('link', { name: 'Download ISO edge-berlin' }).waitFor();
  });

  it('is good to look at in the dark too', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.reload();
    await page.getByRole('link', { name: 'Download ISO edge-berlin' }).waitFor();
    await expectGood(page);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('deletes an ISO with its cluster, after a question, by the keyboard alone', async () => {
    await page.getByRole('button', { name: 'Delete edge-berlin' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /Delete edge-berlin\?/ }).waitFor();
    await expectGood(page);
    await page.keyboard.press('Escape');
    expect((await stack.api.get('/v2/infra-envs')).body).toHaveLength(1);
    await page.getByRole('button', { name: 'Delete edge-berlin' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).press('Enter');
    await page.getByRole('link', { name: 'Make the first ISO' }).waitFor();
    for (const path of ['/v2/infra-envs', '/v2/clusters']) expect((await stack.api.get(path)).body).toEqual([]);
  });

  it('has asked no other host, and broken no rule of its security policy', () => {
    expect(seen).toEqual({ strayRequests: [], complaints: [] });
  });
});
