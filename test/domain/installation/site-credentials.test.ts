import { describe, expect, it } from 'vitest';
import { kubeconfigFor, siteCredentialsOf, withSiteCredentials } from '#domain/installation/site-credentials.ts';

const run = (mark: string) => [
  { path: '/opt/agent/tls/kubeadmin-password.hash', mode: 0o600, content: Buffer.from(`hash ${mark}`) },
  { path: '/opt/agent/tls/admin-kubeconfig-signer.key', mode: 0o600, content: Buffer.from(`key ${mark}\nof lines\n`) },
  {
    path: '/usr/local/share/assisted-service/assisted-service.env',
    mode: 0o600,
    content: Buffer.from(
      `AUTH_TYPE=agent-installer-local\nEC_PUBLIC_KEY_PEM=${mark}=\nUSER_AUTH_TOKEN=user $& ${mark}\nINFRA_ENV_ID=x\n`,
    ),
  },
  {
    path: '/etc/assisted/rendezvous-host.env',
    mode: 0o600,
    content: Buffer.from(`NODE_ZERO_IP=192.0.2.1\nPULL_SECRET_TOKEN=agent ${mark}\nUSER_AUTH_TOKEN=user $& ${mark}\n`),
  },
  { path: '/etc/assisted/manifests/infraenv.yaml', mode: 0o600, content: Buffer.from('a: b\n') },
];
const admin = { kubeconfig: 'k', 'kubeadmin-password': 'p' };

describe('what a run of config-image has invented', () => {
  it('is kept with what it left for the administrator, and nothing else is', () => {
    expect(siteCredentialsOf(run('one'), admin)).toEqual({
      '/opt/agent/tls/kubeadmin-password.hash': 'hash one',
      '/opt/agent/tls/admin-kubeconfig-signer.key': 'key one\nof lines\n',
      EC_PUBLIC_KEY_PEM: 'one=',
      USER_AUTH_TOKEN: 'user $& one',
      PULL_SECRET_TOKEN: 'agent one',
      kubeconfig: 'k',
      'kubeadmin-password': 'p',
    });
  });

  it('is the same in every later run', () => {
    const credentials = siteCredentialsOf(run('one'), admin);
    expect(withSiteCredentials(run('two'), credentials)).toEqual(run('one'));
  });

  it('is never mixed with what a later run invents besides', () => {
    const { PULL_SECRET_TOKEN: _, ...credentials } = siteCredentialsOf(run('one'), admin);
    expect(() => withSiteCredentials(run('two'), credentials)).toThrow('lack PULL_SECRET_TOKEN');
  });
});

it('a kubeconfig leads to the cluster as it is called now', () => {
  const text = 'clusters:\n- cluster:\n    server: https://api.old.example.com:6443\n  name: old\n';
  expect(kubeconfigFor(text, { name: 'new', baseDomain: 'example.org' })).toContain(
    '    server: https://api.new.example.org:6443\n',
  );
});
