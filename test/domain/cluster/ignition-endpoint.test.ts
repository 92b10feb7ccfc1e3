import { describe, expect, test } from 'vitest';
import { checkIgnitionEndpoint } from '#domain/cluster/ignition-endpoint.ts';
import { refusalOf } from '../values/refusal.ts';

describe('an ignition endpoint', () => {
  test.each([
    [{}, undefined],
    [{ url: '', ca_certificate: '' }, undefined],
    [{ url: 'https://foo.bar:33735/acme', ca_certificate: 'YWJj\nZGVm\n' }, undefined],
    [{ url: 'ftp://foo.bar' }, "The URL scheme must be http(s) and specified in the URL: 'ftp://foo.bar'"],
    [{ url: 'foo.bar' }, "The URL scheme must be http(s) and specified in the URL: 'foo.bar'"],
    [{ url: 'http://' }, "URL 'http://' format is not valid"],
    [{ url: 'http://foo.bar/\n' }, "URL 'http://foo.bar/\uFFFD' format is not valid"],
    [
      { url: 'ftp://user:secret@foo.bar' },
      "The URL scheme must be http(s) and specified in the URL: 'ftp://***@foo.bar'",
    ],
    [{ ca_certificate: 'not base64!' }, 'ca_certificate of ignition_endpoint is not base64-encoded'],
  ])('%j', (endpoint, expected) => {
    expect(refusalOf(() => checkIgnitionEndpoint(endpoint))).toBe(expected);
  });
});
