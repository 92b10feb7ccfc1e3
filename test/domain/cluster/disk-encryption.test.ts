import { describe, expect, test } from 'vitest';
import { checkDiskEncryption } from '#domain/cluster/disk-encryption.ts';
import { refusalOf } from '../values/refusal.ts';

describe('disk encryption', () => {
  const tang = (servers: unknown) =>
    refusalOf(() => checkDiskEncryption({ mode: 'tang', tang_servers: JSON.stringify(servers) }));
  const server = { url: 'http://tang.example.com:7500', thumbprint: 'PLjNyRdGw03zlRoGjQYMahSZGu9' };

  test.each([
    [{ mode: 'tpmv2' }, undefined],
    [{}, undefined],
    [{ mode: 'tang' }, "Setting Tang mode but tang_servers isn't set"],
    [{ mode: 'tang', tang_servers: '[]' }, "Setting Tang mode but tang_servers isn't set"],
    [
      { mode: 'tang', tang_servers: 'x' },
      'tang_servers isn\'t valid: it should be a JSON list of {"url", "thumbprint"} objects',
    ],
    [
      { mode: 'tang', tang_servers: '{}' },
      'tang_servers isn\'t valid: it should be a JSON list of {"url", "thumbprint"} objects',
    ],
  ])('%j', (settings, expected) => {
    expect(refusalOf(() => checkDiskEncryption(settings))).toBe(expected);
  });

  test.each([
    [[server, server], undefined],
    [[{ ...server, thumbprint: '' }], "Tang thumbprint isn't set"],
    [[server, { url: server.url }], "Tang thumbprint isn't set"],
    [[{ thumbprint: 'x' }], 'Tang URL isn\'t valid: parse "": empty url'],
    [[null], 'Tang URL isn\'t valid: parse "": empty url'],
    [[{ ...server, url: 'tang' }], 'Tang URL isn\'t valid: parse "tang": invalid URI for request'],
    [[{ ...server, url: 'http://a\nb' }], 'Tang URL isn\'t valid: parse "http://a\uFFFDb": invalid URI for request'],
  ])('by the servers %j', (servers, expected) => {
    expect(tang(servers)).toBe(expected);
  });
});
