import { expect, test } from 'vitest';
import { hostProxy } from '#domain/infra-env/host-proxy.ts';
import { hostNetwork } from './host-network.ts';

const http_proxy = 'http://proxy.lab:3128';
const hosts = (...addresses: readonly string[]) => addresses.map((address, index) => hostNetwork(address, `0${index}`));

const noProxy = (no_proxy: string | undefined, settings: Omit<Parameters<typeof hostProxy>[0], 'proxy'>) =>
  hostProxy({ proxy: { http_proxy, ...(no_proxy === undefined ? {} : { no_proxy }) }, ...settings }).proxy?.no_proxy;

test.each([
  ['a rendezvous address', '.lab', { rendezvous_ip: '192.0.2.10' }, '.lab,192.0.2.10'],
  ['one without no_proxy', undefined, { rendezvous_ip: '192.0.2.10' }, '192.0.2.10'],
  ['one that is there', '192.0.2.10,.lab', { rendezvous_ip: '192.0.2.10' }, '192.0.2.10,.lab'],
  ['one in a range', '192.0.2.0/24', { rendezvous_ip: '192.0.2.10' }, '192.0.2.0/24'],
  ['one in a range with bits behind its prefix', '192.0.2.77/24', { rendezvous_ip: '192.0.2.10' }, '192.0.2.77/24'],
  ['one beside a range', '192.0.2.0/29', { rendezvous_ip: '192.0.2.10' }, '192.0.2.0/29,192.0.2.10'],
  ['one of IPv6, in its short form', '.lab', { rendezvous_ip: '2001:DB8:0::7' }, '.lab,2001:db8::7'],
  ['one of IPv6 in another spelling', '2001:0db8::7', { rendezvous_ip: '2001:db8::7' }, '2001:0db8::7'],
  ['one of IPv6 in a range', '2001:db8::/32', { rendezvous_ip: '2001:db8::7' }, '2001:db8::/32'],
  ['everything', 'a,*', { rendezvous_ip: '192.0.2.10' }, '*'],
  [
    'static addresses',
    '.lab',
    { static_network_config: hosts('192.0.2.9', '192.0.2.10') },
    '.lab,192.0.2.9,192.0.2.10',
  ],
  [
    'both, the one of the rendezvous host once',
    '.lab',
    { rendezvous_ip: '192.0.2.10', static_network_config: hosts('192.0.2.9', '192.0.2.10') },
    '.lab,192.0.2.10,192.0.2.9',
  ],
  ['a placeholder', '.lab', { static_network_config: hosts('0.0.0.0', '192.0.2.9') }, '.lab,192.0.2.9'],
  ['nothing', undefined, {}, undefined],
])('no_proxy with %s', (_, given, settings, expected) => {
  expect(noProxy(given, settings)).toBe(expected);
});

test.each([
  ['no proxy at all', undefined, {}],
  ['no_proxy alone', { no_proxy: '.lab' }, { proxy: { no_proxy: '.lab' } }],
])('with %s nothing is added', (_, proxy, expected) => {
  expect(hostProxy({ proxy, rendezvous_ip: '192.0.2.10' })).toEqual(expected);
});
