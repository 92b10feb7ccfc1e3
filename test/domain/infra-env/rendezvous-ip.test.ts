import { describe, expect, test } from 'vitest';
import { checkRendezvousIp } from '#domain/infra-env/rendezvous-ip.ts';
import { refusalOf } from '../values/refusal.ts';

const type = 'disconnected-iso';
const refusal = (rendezvousIp: string) => refusalOf(() => checkRendezvousIp({ rendezvousIp, type }));
const refused = (ip: string, reason: string) => `Invalid rendezvous IP: ${ip} (${reason})`;

test.each(['192.168.1.10', '10.0.0.1', '169.254.0.9', '2001:db8::1', 'fd00::A', '::ffff:10.0.0.1'])(
  'accepts %s',
  (ip) => {
    expect(refusal(ip)).toBeUndefined();
  },
);

describe('refuses', () => {
  test.each([
    'host',
    '',
    '10.0.0',
    '010.0.0.1',
    '256.0.0.1',
    '10.0.0.1/24',
    '[fd00::1]',
    'fe80::1%eth0',
    ' 10.0.0.1',
    '10.0.0.1\n',
  ])('%j, which is no address', (ip) => {
    expect(refusal(ip)).toBe(refused(ip.replace('\n', '\uFFFD'), 'must be a valid IPv4 or IPv6 address'));
  });

  test.each([
    ['127.0.0.1', 'a loopback address'],
    ['127.9.9.9', 'a loopback address'],
    ['::1', 'a loopback address'],
    ['::ffff:127.0.0.1', 'a loopback address'],
    ['0.0.0.0', 'an unspecified address'],
    ['::', 'an unspecified address'],
    ['224.0.0.1', 'a multicast address'],
    ['ff02::1', 'a multicast address'],
    ['255.255.255.255', 'a broadcast address'],
    ['fe80::1', 'a link-local address'],
  ])('%s, which is %s', (ip, what) => {
    expect(refusal(ip)).toBe(refused(ip, `must be the address of a host, not ${what}`));
  });

  test.each(['full-iso', 'minimal-iso'] as const)('any for %s', (other) => {
    expect(refusalOf(() => checkRendezvousIp({ rendezvousIp: '10.0.0.1', type: other }))).toBe(
      'RendezvousIP is only supported for disconnected ISO infra-envs',
    );
  });
});
