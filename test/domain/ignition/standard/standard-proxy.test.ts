import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ignitionProxy, proxyAssignments, proxyProfile } from '#domain/ignition/standard/standard-proxy.ts';
import { checkProxy } from '#domain/values/proxy.ts';
import { acceptedUrlPart } from '#test/domain/accepted-url-part.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const proxy = {
  http_proxy: 'http://me:p%25w$x@proxy.example:3128',
  https_proxy: 'https://proxy.example:3129',
  no_proxy: '.example,192.0.2.0/24',
};

describe('a proxy', () => {
  it('is in the environment of a unit in both spellings', () => {
    expect(proxyAssignments({ proxy })).toEqual([
      '"HTTP_PROXY=http://me:p%%25w$x@proxy.example:3128"',
      '"http_proxy=http://me:p%%25w$x@proxy.example:3128"',
      '"HTTPS_PROXY=https://proxy.example:3129"',
      '"https_proxy=https://proxy.example:3129"',
      '"NO_PROXY=.example,192.0.2.0/24"',
      '"no_proxy=.example,192.0.2.0/24"',
    ]);
  });

  it('is what Ignition fetches through', () => {
    expect(ignitionProxy({ proxy })).toEqual({
      httpProxy: proxy.http_proxy,
      httpsProxy: proxy.https_proxy,
      noProxy: ['.example', '192.0.2.0/24'],
    });
  });

  it('of which only the exceptions are set leaves the others out', () => {
    const alone = { proxy: { no_proxy: '*' } };
    expect(proxyAssignments(alone)).toEqual(['"NO_PROXY=*"', '"no_proxy=*"']);
    expect(ignitionProxy(alone)).toEqual({ noProxy: ['*'] });
  });

  it('that is not set is nowhere', () => {
    expect([proxyAssignments({}), proxyProfile({}), ignitionProxy({})]).toEqual([[], [], undefined]);
  });
});

describe('the profile of those who log in', () => {
  /** What a shell that has read the profile says of its variables. */
  const environmentAfter = (profile: string): Record<string, string> => {
    const { status, stdout } = spawnSync('/bin/sh', ['-euc', '. "$0"; exec env -0', profile], { env: {} });
    expect(status).toBe(0);
    const variables = stdout
      .toString('utf8')
      .split('\0')
      .filter((line) => /^(?:\w+_proxy|\w*\d)=/i.test(line));
    return Object.fromEntries(variables.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]));
  };

  const profileOf = async (proxySettings: object): Promise<string> => {
    const [file] = proxyProfile({ proxy: proxySettings });
    expect(file).toMatchObject({ path: '/etc/profile.d/proxy.sh', mode: 0o644 });
    const path = join(await temporaryFolder(), 'proxy.sh');
    writeFileSync(path, file?.text ?? '');
    return path;
  };

  it.each([
    ['an accepted one', proxy],
    ['an apostrophe', { http_proxy: "it's; export OTHER1=x" }],
    ['a command', { https_proxy: '$(touch /tmp/never)`x`"\\' }],
    ['a line end', { no_proxy: 'a\nexport OTHER1=x' }],
  ])('sets exactly the given values: %s', async (_, given: Partial<typeof proxy>) => {
    const expected = Object.entries(given).flatMap(([name, value]) => [
      [name, value],
      [name.toUpperCase(), value],
    ]);
    expect(environmentAfter(await profileOf(given))).toEqual(Object.fromEntries(expected));
  });

  it('has one line per variable for any accepted proxy, with nothing outside the quotes', () => {
    fc.assert(
      fc.property(acceptedUrlPart, acceptedUrlPart, (user, path) => {
        const url = `http://${user}@proxy.example/${path}`;
        checkProxy({ http_proxy: url });
        const [{ text } = { text: '' }] = proxyProfile({ proxy: { http_proxy: url } });
        expect(text).toBe(`export HTTP_PROXY='${url}'\nexport http_proxy='${url}'\n`);
        expect(url).not.toMatch(/['\s]/);
      }),
    );
  });
});
