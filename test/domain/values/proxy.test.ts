import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkProxy, readableProxy } from '#domain/values/proxy.ts';
import { credentialsIn } from '#domain/values/proxy-url.ts';
import { refusalOf } from './refusal.ts';

const http = (url: string) => refusalOf(() => checkProxy({ http_proxy: url }));
const https = (url: string) => refusalOf(() => checkProxy({ https_proxy: url }));
const none = (list: string) => refusalOf(() => checkProxy({ no_proxy: list }));

const badUrl = (shown: string) => `Failed to validate HTTP Proxy: Proxy URL format is not valid: '${shown}'`;
const encodingHint =
  ': a character in its user name or password must be percent-encoded, such as / (%2F), # (%23), ? (%3F), @ (%40), ' +
  '[ (%5B), \\ (%5C), % (%25) or a blank (%20)';
const badScheme = (shown: string) =>
  `Failed to validate HTTP Proxy: The URL scheme must be http and specified in the URL: '${shown}'`;

describe('proxy URLs that are accepted', () => {
  test.each([
    'http://proxy.example.com:3128',
    'http://proxy',
    'HTTP://10.0.0.1:8080/',
    'http://[fd00::1]:3128',
    'http://user:p%40ss%25word@proxy.example.com:3128',
    'http://us.er:a!$&()*+,;=b@proxy_1.example.com/path?x=y#z',
  ])('%s', (url) => {
    expect(http(url)).toBeUndefined();
    expect(https(url)).toBeUndefined();
  });

  test('https for the HTTPS proxy', () => {
    expect(https('https://proxy.example.com')).toBeUndefined();
  });

  test('nothing, in each spelling', () => {
    expect(refusalOf(() => checkProxy({ http_proxy: '', https_proxy: undefined, no_proxy: null }))).toBeUndefined();
  });
});

describe('proxy URLs that are refused', () => {
  test.each([
    ['https://proxy.example.com', badScheme('https://proxy.example.com')],
    ['ftp://proxy.example.com', badScheme('ftp://proxy.example.com')],
    ['proxy.example.com', badScheme('proxy.example.com')],
    ['10.0.0.1:3128', badScheme('10.0.0.1:3128')],
    ['proxy', badUrl('proxy')],
    ['http://', badUrl('http://')],
    ['http://:3128', badUrl('http://:3128')],
    ['http://proxy:0', badUrl('http://proxy:0')],
    ['http://proxy:65536', badUrl('http://proxy:65536')],
    ['http://1.2.3', badUrl('http://1.2.3')],
    ['http://256.1.1.1', badUrl('http://256.1.1.1')],
    ['http://[::1%25eth0]', badUrl('http://[::1%25eth0]')],
    ['http://[1.2.3.4]', badUrl('http://[1.2.3.4]')],
    ['http://-proxy', badUrl('http://-proxy')],
    ['http://proxy-.lab:3128', badUrl('http://proxy-.lab:3128')],
    ['http://proxy.lab-', badUrl('http://proxy.lab-')],
    ['http://a.b_c.lab', badUrl('http://a.b_c.lab')],
    ['http://0.0.0.0:3128', badUrl('http://0.0.0.0:3128')],
    ['http://240.0.0.1:3128', badUrl('http://240.0.0.1:3128')],
    ['http://proxy#fragment', badUrl('http://proxy#fragment')],
    ['http://proxy/a b', badUrl('http://proxy/a b')],
    ['http://proxy/%zz', badUrl('http://proxy/%zz')],
    ['http://proxy/"', badUrl('http://proxy/"')],
    ["http://proxy/'", badUrl("http://proxy/'")],
    ['http://proxy/\\', badUrl('http://proxy/\\')],
    ['http://proxy/`id`', badUrl('http://proxy/`id`')],
    ['http://proxy\nExecStart=/bin/sh', badUrl('http://proxy\uFFFDExecStart=/bin/sh')],
    ['http://proxy\n', badUrl('http://proxy\uFFFD')],
    [`http://${'a'.repeat(2077)}`, badUrl(`http://${'a'.repeat(1017)}…`)],
  ])('%j', (url, message) => {
    expect(http(url)).toBe(message);
  });

  test('the HTTPS proxy has its own words', () => {
    expect(https('proxy')).toBe("Failed to validate HTTPS Proxy: Proxy URL format is not valid: 'proxy'");
    expect(https('socks5://proxy')).toBe(
      "Failed to validate HTTPS Proxy: The URL scheme must be http or https and specified in the URL: 'socks5://proxy'",
    );
  });

  test.each([
    ['https://user:hunter2@proxy:3128', badScheme('https://***@proxy:3128')],
    ['user:hunter2@proxy.example.com', badScheme('***@proxy.example.com')],
    ['http://user:hun/ter#2@p@proxy', badUrl('http://***@proxy') + encodingHint],
    ['http://user:hunter2', badUrl('http://user:***')],
    ['http://user:hun ter2@proxy', badUrl('http://***@proxy') + encodingHint],
  ])('credentials are left out of the message: %s', (url, message) => {
    expect(http(url)).toBe(message);
  });
});

describe('no_proxy', () => {
  const bad = (entry: string) =>
    'NO Proxy is a comma-separated list of destination domain names, domains, IP addresses or other network CIDRs. ' +
    "A domain can be prefaced with '.' to include all subdomains of that domain. Use '*' to bypass proxy for all " +
    `destinations with OpenShift 4.8 or later.: ${entry} is not a valid no_proxy entry`;

  test.each([
    'example.com',
    '.example.com,example.com,10.0.0.1,10.0.0.0/16,fd00::1,fd00::/48,localhost',
    '*',
    '*.example.com,,a,a,10.0.0.0/9',
    'Example.COM.,::ffff:10.0.0.1,1.2.3',
  ])('accepts %s', (list) => {
    expect(none(list)).toBeUndefined();
  });

  test.each([
    ['a,b,a', 'duplicate no_proxy entry defined: a'],
    ['a, b', bad(' b')],
    ['a,', bad('')],
    ['10.0.0.0/33', bad('10.0.0.0/33')],
    ['fd00::/129', bad('fd00::/129')],
    ['.10.0.0.0/8', bad('.10.0.0.0/8')],
    ['a_b', bad('a_b')],
    ['a-.b', bad('a-.b')],
    ['*,10.0.0.0/99', bad('10.0.0.0/99')],
    ['*a', bad('*a')],
    ['a*', bad('a*')],
    ['a.*', bad('a.*')],
    [`${'a.'.repeat(127)}`, bad('a.'.repeat(127))],
    ['a,'.repeat(40_000), 'no_proxy is longer than 65536 characters'],
    ['-a', bad('-a')],
    ['..a', bad('..a')],
    ['a"', bad('a"')],
    ['a\nb', bad('a\uFFFDb')],
    ['*,a b', bad('a b')],
    ['*\n[Service]', bad('*\uFFFD[Service]')],
    ['*"', bad('*"')],
    ['http://user:hunter2@proxy', bad('http://***@proxy')],
  ])('refuses %j', (list, message) => {
    expect(none(list)).toBe(message);
  });
});

test.each([
  ['HTTP://Proxy.lab:3128', 'http://Proxy.lab:3128'],
  ['http://user:HTTP://@proxy.lab', 'http://user:HTTP://@proxy.lab'],
])('the scheme of %s comes to its readers in lower case', (given, readable) => {
  expect(readableProxy({ http_proxy: given, https_proxy: given })).toEqual({
    http_proxy: readable,
    https_proxy: readable,
  });
});

test.each([
  ['.Lab,10.0.0.1', '.lab,10.0.0.1'],
  ['a,A,b', 'a,b'],
  ['*.lab,,a,a', '.lab,a'],
  ['a,*,b', '*'],
])('no_proxy %s comes to its readers as %s', (given, readable) => {
  expect(readableProxy({ http_proxy: '', no_proxy: given })).toEqual({ no_proxy: readable });
});

describe('a password that is not percent-encoded', () => {
  test.each([
    'p/ss',
    'p#ss',
    'p?ss',
    'p\\ss',
    'p[ss',
    'p]ss',
    'p ss',
    'p%ss',
    'p%2',
    'p%0as',
    'p%7Fs',
    '12/3',
    '1?2',
    '1#2',
    'pä',
    'p@ss',
    'p"ss',
  ])('%s is called that', (password) => {
    const expected = badUrl('http://***@proxy.lab:3128') + encodingHint;
    expect(http(`http://user:${password}@proxy.lab:3128`)).toBe(expected);
  });

  test.each(['http://proxy.lab:99999', 'http://-proxy', 'http://user:pass@-proxy'])(
    'nothing is said of one in %s',
    (url) => {
      expect(http(url)).not.toContain('percent-encoded');
    },
  );
});

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\n', '\r', '\t', '"', "'", '\\', ' ', '`', '\u0085', '\u2028', '@', ':', '/', '%', '*', ',', '$'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom('a', '1', '.', '%41'),
  ),
  maxLength: 12,
});

test('no accepted value can leave its line or its quotes', () => {
  const wrapped = fc.tuple(
    fc.constantFrom('', 'http://proxy', 'http://', 'http://u:', '*', '.a'),
    hostile,
    fc.constantFrom('', '@proxy', '.a'),
  );
  fc.assert(
    fc.property(wrapped, (parts) => {
      const value = parts.join('');
      if ([http(value), https(value), none(value)].some((refusal) => refusal === undefined)) {
        expect(value).not.toMatch(/[\p{Cc}\p{Z}"'`\\]/u);
      }
    }),
    { numRuns: 2000 },
  );
});

test('no message holds a password', () => {
  const password = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnop'), minLength: 10, maxLength: 16 });
  const spoilt = fc.constantFrom('', ' ', '/', '#', '?', '@', '"', '\n', ':');
  fc.assert(
    fc.property(password, spoilt, fc.constantFrom('https://', 'ftp://', ''), (secret, spoil, scheme) => {
      const url = `${scheme}user:${secret}${spoil}${secret}@proxy.example.com:3128`;
      for (const message of [http(url), none(url)]) {
        expect(message).toBeDefined();
        expect(message).not.toContain(secret);
      }
    }),
  );
});

test.each([
  ['', []],
  ['http://proxy.example:3128/a@b', []],
  ['http://me:pass@proxy.example', ['me:pass', 'pass', 'pass']],
  ['http://me:p%40:ss@proxy.example/a@b', ['me:p%40:ss', 'p%40:ss', 'p@:ss']],
  ['http://token@proxy.example', ['token', 'token', 'token']],
  ['http://me:100%zz@proxy.example', ['me:100%zz', '100%zz']],
])('what is secret in %j', (url, secrets) => {
  expect(credentialsIn(url)).toEqual(secrets);
});
