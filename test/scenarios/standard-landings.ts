import { certificate } from '#test/domain/values/certificate.ts';
import { filePaths, parseIgnition } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { type Landing, textAt } from './landing.ts';
import { chronyIn } from './landings.ts';

export type StandardType = 'full-iso' | 'minimal-iso';

const unitIn = (ignition: string, name: string) =>
  parseIgnition(ignition).systemd?.units?.find((unit) => unit.name === name);

const environmentIn = (unit = ''): readonly string[] => unit.split('\n').filter((line) => /^Environment=/.test(line));

export const sshKey: Landing = {
  setting: 'ssh_authorized_key',
  given: { ssh_authorized_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB5u+WsNGB3Vwwb2y1UcdSfCbZWj1yo8SWzbgYpXtaVn a@b' },
  cleared: { ssh_authorized_key: '' },
  look: (ignition) => parseIgnition(ignition).passwd?.users,
  expected: [
    {
      name: 'core',
      passwordHash: '!',
      groups: ['sudo'],
      sshAuthorizedKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB5u+WsNGB3Vwwb2y1UcdSfCbZWj1yo8SWzbgYpXtaVn a@b'],
    },
  ],
  absent: [],
};

const proxyLook = (ignition: string) => ({
  fetching: (parseIgnition(ignition).ignition as { proxy?: object }).proxy,
  agent: environmentIn(unitIn(ignition, 'agent.service')?.contents),
  profile: textAt(ignition, '/etc/profile.d/proxy.sh'),
});
const noProxy = { fetching: undefined, agent: [], profile: undefined };

export const proxies: readonly Landing[] = [
  {
    setting: 'proxy',
    given: { proxy: { http_proxy: 'http://me:p%25w@proxy.example:3128', no_proxy: '.example,192.0.2.0/24' } },
    cleared: { proxy: { http_proxy: '', https_proxy: '', no_proxy: '' } },
    look: proxyLook,
    expected: {
      fetching: { httpProxy: 'http://me:p%25w@proxy.example:3128', noProxy: ['.example', '192.0.2.0/24'] },
      agent: [
        'Environment="HTTP_PROXY=http://me:p%%25w@proxy.example:3128"',
        'Environment="http_proxy=http://me:p%%25w@proxy.example:3128"',
        'Environment="NO_PROXY=.example,192.0.2.0/24"',
        'Environment="no_proxy=.example,192.0.2.0/24"',
      ],
      profile:
        "export HTTP_PROXY='http://me:p%25w@proxy.example:3128'\n" +
        "export http_proxy='http://me:p%25w@proxy.example:3128'\n" +
        "export NO_PROXY='.example,192.0.2.0/24'\n" +
        "export no_proxy='.example,192.0.2.0/24'\n",
    },
    absent: noProxy,
  },
  {
    setting: 'proxy with no_proxy alone',
    isVariant: true,
    given: { proxy: { no_proxy: '*' } },
    cleared: { proxy: { no_proxy: '' } },
    look: proxyLook,
    expected: {
      fetching: { noProxy: ['*'] },
      agent: ['Environment="NO_PROXY=*"', 'Environment="no_proxy=*"'],
      profile: "export NO_PROXY='*'\nexport no_proxy='*'\n",
    },
    absent: noProxy,
  },
];

export const additionalSources: Landing = {
  setting: 'additional_ntp_sources',
  given: { additional_ntp_sources: 'ntp.example,2001:db8::123' },
  cleared: { additional_ntp_sources: '' },
  look: chronyIn,
  expected: {
    replaces: false,
    lines: ['server ntp.example iburst', 'server 2001:db8::123 iburst', 'makestep 1.0 -1'],
  },
  absent: undefined,
};

export const onlySources: Landing = {
  setting: 'ntp_sources',
  isVariant: true,
  given: { ntp_sources: 'ntp.example' },
  cleared: { ntp_sources: '' },
  look: chronyIn,
  expected: {
    replaces: true,
    lines: [
      'server ntp.example iburst',
      'makestep 1.0 -1',
      'driftfile /var/lib/chrony/drift',
      'rtcsync',
      'logdir /var/log/chrony',
    ],
  },
  absent: undefined,
};

export const trustBundle: Landing = {
  setting: 'additional_trust_bundle',
  given: { additional_trust_bundle: certificate.trim() },
  cleared: { additional_trust_bundle: '' },
  look: (ignition) =>
    textAt(ignition, '/etc/pki/ca-trust/source/anchors/assisted-infraenv-additional-trust-bundle.pem'),
  expected: `${certificate.trim()}\n`,
  absent: undefined,
};

const override = {
  ignition: { version: '3.2.0' },
  storage: { files: [{ path: '/etc/edge.conf', mode: 0o600, contents: { source: 'data:,edge' } }] },
  systemd: { units: [{ name: 'agent.service', dropins: [{ name: '10-edge.conf', contents: '[Service]\nNice=1\n' }] }] },
};

export const ignitionOverride: Landing = {
  setting: 'ignition_config_override',
  given: { ignition_config_override: JSON.stringify(override) },
  cleared: { ignition_config_override: '' },
  look: (ignition) => {
    const agent = unitIn(ignition, 'agent.service');
    return {
      version: parseIgnition(ignition).ignition.version,
      file: textAt(ignition, '/etc/edge.conf'),
      agent: [agent?.enabled, agent?.contents?.startsWith('[Unit]'), agent !== undefined && 'dropins' in agent],
    };
  },
  expected: { version: '3.2.0', file: 'edge', agent: [true, true, true] },
  absent: { version: '3.1.0', file: undefined, agent: [true, true, false] },
};

const networkUnit = 'pre-network-manager-config.service';

const networkLook = (ignition: string) => ({
  files: filePaths(ignition).filter((path) => path.startsWith('/etc/assisted/network/')),
  table: textAt(ignition, '/etc/assisted/network/host1/mac_interface.ini'),
  policy: textAt(ignition, '/etc/assisted/network/host1/ymlFile1.yml')?.includes('192.0.2.20'),
  isApplied: unitIn(ignition, networkUnit)?.enabled,
  waits: environmentIn(unitIn(ignition, networkUnit)?.contents),
});
const noNetwork = { files: [], table: undefined, policy: undefined, isApplied: undefined, waits: [] };

const host = (last: number) => ({
  network_yaml: `interfaces:
- name: eth0
  type: ethernet
  state: up
  ipv4: {enabled: true, dhcp: false, address: [{ip: 192.0.2.${last}, prefix-length: 24}]}
`,
  mac_interface_map: [{ mac_address: `F8:75:a4:a4:00:${last}`, logical_nic_name: 'eth0' }],
});

/** A minimal ISO has it in its initramfs: in the ignition nothing may be left of it. */
export const network = (type: StandardType): Landing => ({
  setting: 'static_network_config with network_discovery_delay_seconds',
  given: { static_network_config: [host(30), host(20)], network_discovery_delay_seconds: 5 },
  cleared: { static_network_config: [], network_discovery_delay_seconds: 0 },
  look: networkLook,
  expected:
    type === 'minimal-iso'
      ? noNetwork
      : {
          files: [
            '/etc/assisted/network/host0/ymlFile0.yml',
            '/etc/assisted/network/host0/mac_interface.ini',
            '/etc/assisted/network/host1/ymlFile1.yml',
            '/etc/assisted/network/host1/mac_interface.ini',
          ],
          table: 'F8:75:a4:a4:00:20=eth0\n',
          policy: true,
          isApplied: true,
          waits: ['Environment=DISCOVERY_DELAY_SECONDS=5'],
        },
  absent: noNetwork,
});
