import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkPullSecret } from '#domain/values/pull-secret.ts';
import { refusalOf } from './refusal.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const auth = base64('user:password');
const secretOf = (auths: unknown) => JSON.stringify({ auths });
const refusal = (text: string) => refusalOf(() => checkPullSecret(text));

describe('pull secrets that are accepted', () => {
  test.each([
    ['one registry', secretOf({ 'quay.io': { auth, email: 'a@example.com' } })],
    ['a password with colons', secretOf({ 'quay.io': { auth: base64('a:b:c') } })],
    ['an empty auth', secretOf({ 'quay.io': { auth: '' } })],
    ['an auth broken into lines', secretOf({ 'quay.io': { auth: `${auth.slice(0, 4)}\n${auth.slice(4)}` } })],
    ['a credential store', secretOf({ 'quay.io': { credsStore: 'desktop' } })],
    ['names of prototypes', `{"auths":{"__proto__":{"auth":"${auth}"},"constructor":{"auth":"${auth}"}}}`],
    ['white space and further fields', ` {"auths": {"a.io": {"auth": "${auth}"}}, "credHelpers": {}}\n`],
  ])('%s', (_, text) => {
    expect(refusal(text)).toBeUndefined();
  });
});

describe('pull secrets that are refused', () => {
  const malformed = 'pull secret must be a well-formed JSON';
  const noAuths = "pull secret must contain 'auths' JSON-object field";

  test.each([
    ['an empty text', '', malformed],
    ['no JSON', 'password', malformed],
    ['half of it', '{"auths":{', malformed],
    ['a JSON string', '"password"', malformed],
    ['a list', '[]', malformed],
    [
      'a key named twice',
      `{"auths":{"a.io":{"auth":"${auth}"}},"auths":{"b.io":{}}}`,
      'invalid pull secret: "auths" is there twice',
    ],
    [
      'a key named twice, deep inside',
      `{"auths":{"a.io":{"auth":"${auth}","\\u0061uth":""}}}`,
      'invalid pull secret: "auth" is there twice',
    ],
    [
      'a registry twice',
      `{"auths":{"q.example":{"auth":"${auth}"},"q.example":{"auth":"${auth}"}}}`,
      'invalid pull secret: "q.example" is there twice',
    ],
    [
      'something misplaced twice, which may be secret',
      `{"auths":{"${auth}!":{},"${auth}!":{}}}`,
      'invalid pull secret: a key is there twice',
    ],
    [
      'levels without end',
      `{"auths":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
      'invalid pull secret: it is nested deeper than 50 levels',
    ],
    ['no auths', '{}', noAuths],
    ['auths null', '{"auths":null}', noAuths],
    ['auths a string', '{"auths":"password"}', noAuths],
    ['auths inherited only', '{"__proto__":{"auths":{}}}', noAuths],
    ['auths empty', '{"auths":{}}', 'invalid pull secret: auths required'],
    ['an entry null', secretOf({ 'quay.io': null }), 'invalid pull secret: "quay.io" should be a JSON object'],
    [
      'an entry without auth',
      secretOf({ 'quay.io': { email: 'x' } }),
      'invalid pull secret: "quay.io" requires either auth or credsStore',
    ],
    [
      'an auth inherited only',
      '{"auths":{"quay.io":{"__proto__":{"auth":""}}}}',
      'invalid pull secret: "quay.io" requires either auth or credsStore',
    ],
    [
      'an auth that is a number',
      secretOf({ 'quay.io': { auth: 42 } }),
      `invalid pull secret: 'auth' field of "quay.io" is a number but should be a string`,
    ],
    [
      'an auth that is a boolean',
      secretOf({ 'quay.io': { auth: true } }),
      `invalid pull secret: 'auth' field of "quay.io" is a boolean but should be a string`,
    ],
    [
      'an auth that is null',
      secretOf({ 'quay.io': { auth: null } }),
      `invalid pull secret: 'auth' field of "quay.io" is null but should be a string`,
    ],
    [
      'an auth that is an object',
      secretOf({ 'quay.io': { auth: {} } }),
      `invalid pull secret: 'auth' field of "quay.io" is an object but should be a string`,
    ],
    [
      'an auth that is a list',
      secretOf({ 'quay.io': { auth: [] } }),
      `invalid pull secret: 'auth' field of "quay.io" is an array but should be a string`,
    ],
    [
      'an auth not in base64',
      secretOf({ 'quay.io:443/a': { auth: 'user:password' } }),
      `invalid pull secret: 'auth' field of "quay.io:443/a" is not base64-encoded`,
    ],
    [
      'an auth with padding cut off',
      secretOf({ 'quay.io': { auth: 'YTpi' + 'YQ' } }),
      `invalid pull secret: 'auth' field of "quay.io" is not base64-encoded`,
    ],
    [
      'an auth without a colon',
      secretOf({ 'https://index.docker.io/v1/': { auth: base64('user') } }),
      "invalid pull secret: 'auth' for https://index.docker.io/v1/ is not in 'user:password' format",
    ],
    [
      'the second entry',
      secretOf({ 'a.io': { auth }, 'b.io': {} }),
      'invalid pull secret: "b.io" requires either auth or credsStore',
    ],
    [
      'a name that is no registry, which is not repeated',
      secretOf({ 'a.io': { auth }, 'user:pass word': {} }),
      'invalid pull secret: entry 2 requires either auth or credsStore',
    ],
    [
      'a text that fits nowhere',
      secretOf({ 'a.io': { auth: 'A'.repeat(131_072) } }),
      'pull secret should be at most 131072 chars long',
    ],
  ])('%s', (_, text, message) => {
    expect(refusal(text)).toBe(message ?? malformed);
  });

  it.each([
    ['cluster', `pull secret for new cluster is invalid: ${malformed}`],
    ['infraEnv', `pull secret for new infraEnv is invalid: ${malformed}`],
  ] as const)('says that it is for a new %s', (subject, message) => {
    expect(refusalOf(() => checkPullSecret('{', subject))).toBe(message);
  });
});

test('no message holds any part of a secret', () => {
  const canary = fc.string({
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'),
    minLength: 12,
    maxLength: 24,
  });
  const wrongs: readonly ((secret: string) => string)[] = [
    (secret) => secret,
    (secret) => `{"auths":{"quay.io":{"auth":"${secret}`,
    (secret) => secretOf(secret),
    (secret) => secretOf({ 'quay.io': secret }),
    (secret) => secretOf({ 'quay.io': { auth: [secret] } }),
    (secret) => secretOf({ 'quay.io': { auth: { secret } } }),
    (secret) => secretOf({ 'quay.io': { auth: `${secret}!` } }),
    (secret) => secretOf({ 'quay.io': { auth: base64(secret) } }),
    (secret) => secretOf({ 'quay.io': { password: secret } }),
    (secret) => secretOf({ [`user:${secret}`]: {} }),
    (secret) => `{"auths":{"quay.io":{"auth":"${secret}","auth":"${secret}"}}}`,
  ];
  fc.assert(
    fc.property(canary, fc.constantFrom(...wrongs), (secret, wrong) => {
      const message = refusal(wrong(secret));
      expect(message).toBeDefined();
      expect(message).not.toContain(secret);
      expect(message).not.toContain(base64(secret).slice(0, 8));
    }),
  );
});
