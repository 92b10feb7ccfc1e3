import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newRedaction } from '#domain/ignition/redaction.ts';

const password = 'pass"word\\<8151>';
const auth = Buffer.from(`flower:${password}`).toString('base64');
const pullSecret = `{"auths":{"quay.io":{"auth":"${auth}","email":"someone@example.com"}}}`;

const redact = (text: string, secret = pullSecret) => {
  const redaction = newRedaction();
  redaction.learn(secret);
  return redaction.redact(text);
};

const goQuoted = (text: string) => text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n');

describe('redaction', () => {
  it.each([
    ['verbatim', pullSecret],
    ['re-indented', JSON.stringify(JSON.parse(pullSecret), null, 4)],
    ["as Go's %q", goQuoted(pullSecret)],
    ['inside JSON', JSON.stringify(pullSecret)],
    ['re-indented and quoted', goQuoted(JSON.stringify(JSON.parse(pullSecret), null, 2))],
    ['its credential', auth],
    ['its decoded credential', `flower:${password}`],
    ['its password', password],
    ["its password as Go's JSON", 'pass\\"word\\\\\\u003c8151\\u003e'],
    ['its user', 'flower'],
  ])('removes the pull secret %s', (_, form) => {
    const redacted = redact(`level=fatal msg=Invalid value: "${form}": no`);
    for (const part of [auth, 'flower', '8151', 'someone@example.com']) expect(redacted).not.toContain(part);
    expect(redacted).toMatch(/^level=fatal msg=Invalid value: ".*\[redacted\].*": no$/s);
  });

  it('removes a pull secret that is no JSON, whole or by its lines', () => {
    const broken = '{"auths":\n  "canary-8151"\n';
    expect(redact(`a ${broken} b`, broken)).toBe('a [redacted] b');
    expect(redact('x   "canary-8151" y', broken)).toBe('x   [redacted] y');
  });

  it('leaves everything else as it is', () => {
    expect(redact('openshift-install refused the settings')).toBe('openshift-install refused the settings');
    expect(newRedaction().redact(pullSecret)).toBe(pullSecret);
  });

  it('removes any credential of any pull secret from any text', () => {
    const credential = fc
      .tuple(fc.string({ minLength: 4 }), fc.string({ minLength: 8 }))
      .map((parts) => Buffer.from(parts.join(':')).toString('base64'));
    const secrets = fc.dictionary(
      fc.domain(),
      credential.map((each) => ({ auth: each })),
      { minKeys: 1 },
    );
    const form = fc.constantFrom(
      (text: string) => text,
      goQuoted,
      (text: string) => JSON.stringify(text),
      (text: string) => JSON.stringify(JSON.parse(text), null, 2),
    );
    fc.assert(
      fc.property(secrets, form, fc.string(), fc.string(), (auths, write, before, after) => {
        const secret = JSON.stringify({ auths });
        const redacted = redact(`${before}${write(secret)}${after}`, secret);
        for (const each of Object.values(auths)) expect(redacted).not.toContain(each.auth);
      }),
    );
  });
});
