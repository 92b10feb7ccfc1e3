import { describe, expect, it } from 'vitest';
import { acceptsJson, acceptsPages } from '#runtime/accept.ts';

describe('a client takes JSON', () => {
  it.each([
    '',
    '*/*',
    'application/json',
    'application/*',
    'Application/JSON; charset=utf-8',
    'text/html, application/xhtml+xml, */*;q=0.8',
    'application/json, text/plain, */*',
    'text/plain;q=0.5,application/json;q=0.001',
    'text/html;q=0, */*',
  ])('that sends %s', (accept) => {
    expect(acceptsJson(accept)).toBe(true);
  });

  it.each(['text/html', 'application/octet-stream', 'application/json;q=0', 'text/*, */*; q=0.0', 'json'])(
    'not if it sends "%s"',
    (accept) => {
      expect(acceptsJson(accept)).toBe(false);
    },
  );
});

describe('a page for people', () => {
  it.each([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8', true],
    ['Text/HTML', true],
    ['text/html;q=0, */*', false],
    ['*/*', false],
    ['application/octet-stream', false],
    ['', false],
  ])('is shown to whoever takes "%s": %s', (accept, expected) => {
    expect(acceptsPages(accept)).toBe(expected);
  });
});
