import { certificate } from '#test/domain/values/certificate.ts';
import { decodeFile, parseIgnition } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { sshKeysIn } from './carried.ts';
import { type Landing, specIn, textAt } from './landing.ts';

const chronyPath = '/etc/chrony.conf';
const environmentPath = '/etc/systemd/system.conf.d/10-default-env.conf';
const anchorPath = '/etc/pki/ca-trust/source/anchors/assisted-infraenv-additional-trust-bundle.pem';

const environmentIn = (ignition: string): readonly string[] =>
  (textAt(ignition, environmentPath) ?? '').split('\n').filter((line) => line.startsWith('DefaultEnvironment='));

/** Whether chrony's configuration is added to or replaced, and the lines that say something. */
export const chronyIn = (ignition: string) => {
  const file = parseIgnition(ignition).storage?.files?.find(({ path }) => path === chronyPath);
  if (file === undefined) return undefined;
  const lines = decodeFile(ignition, chronyPath).split('\n');
  return {
    replaces: file.contents?.source !== undefined,
    lines: lines.filter((line) => line !== '' && !line.startsWith('#')),
  };
};

const proxyLook = (ignition: string) => ({ environment: environmentIn(ignition), spec: specIn(ignition).proxy });
const noProxy = { environment: [], spec: undefined };
const proxyCleared = { proxy: { http_proxy: '', https_proxy: '', no_proxy: '' } };

export const proxies: readonly Landing[] = [
  {
    setting: 'proxy',
    given: {
      proxy: {
        http_proxy: 'http://me:p%25w%40d@proxy.example:3128',
        https_proxy: 'http://proxy.example:3128/$HOME;a#b',
        no_proxy: '.example,192.0.2.0/24,2001:db8::/32',
      },
    },
    cleared: proxyCleared,
    look: proxyLook,
    expected: {
      environment: [
        'DefaultEnvironment="HTTP_PROXY=http://me:p%%25w%%40d@proxy.example:3128"',
        'DefaultEnvironment="HTTPS_PROXY=http://proxy.example:3128/$HOME;a#b"',
        'DefaultEnvironment="NO_PROXY=.example,192.0.2.0/24,2001:db8::/32"',
      ],
      spec: {
        httpProxy: 'http://me:p%25w%40d@proxy.example:3128',
        httpsProxy: 'http://proxy.example:3128/$HOME;a#b',
        noProxy: '.example,192.0.2.0/24,2001:db8::/32',
      },
    },
    absent: noProxy,
  },
  {
    setting: 'proxy with no_proxy alone',
    isVariant: true,
    given: { proxy: { no_proxy: '*' } },
    cleared: { proxy: { no_proxy: '' } },
    look: proxyLook,
    expected: { environment: ['DefaultEnvironment="NO_PROXY=*"'], spec: { noProxy: '*' } },
    absent: noProxy,
  },
  {
    setting: 'proxy beside rendezvous_ip',
    isVariant: true,
    given: { proxy: { http_proxy: 'HTTP://proxy.example:3128', no_proxy: '.lab' }, rendezvous_ip: '192.0.2.10' },
    cleared: { proxy: { http_proxy: '', no_proxy: '' }, rendezvous_ip: '' },
    look: proxyLook,
    expected: {
      environment: [
        'DefaultEnvironment="HTTP_PROXY=http://proxy.example:3128"',
        'DefaultEnvironment="NO_PROXY=.lab,192.0.2.10"',
      ],
      spec: { httpProxy: 'http://proxy.example:3128', noProxy: '.lab,192.0.2.10' },
    },
    absent: noProxy,
  },
];

const timeLook = (ignition: string) => ({ chrony: chronyIn(ignition), spec: specIn(ignition).additionalNTPSources });
const noSources = { chrony: undefined, spec: undefined };

export const additionalSources: Landing = {
  setting: 'additional_ntp_sources',
  given: { additional_ntp_sources: 'ntp.example,192.0.2.123,2001:db8::123,ntp.example' },
  cleared: { additional_ntp_sources: '' },
  look: timeLook,
  expected: {
    chrony: {
      replaces: false,
      lines: [
        'server ntp.example iburst',
        'server 192.0.2.123 iburst',
        'server 2001:db8::123 iburst',
        'makestep 1.0 -1',
      ],
    },
    spec: ['ntp.example', '192.0.2.123', '2001:db8::123'],
  },
  absent: noSources,
};

export const onlySources: Landing = {
  setting: 'ntp_sources',
  isVariant: true,
  given: { ntp_sources: 'ntp.example,192.0.2.123' },
  cleared: { ntp_sources: '' },
  look: timeLook,
  expected: {
    chrony: {
      replaces: true,
      lines: [
        'server ntp.example iburst',
        'server 192.0.2.123 iburst',
        'makestep 1.0 -1',
        'driftfile /var/lib/chrony/drift',
        'rtcsync',
        'logdir /var/log/chrony',
      ],
    },
    spec: ['ntp.example', '192.0.2.123'],
  },
  absent: noSources,
};

export const trustBundle: Landing = {
  setting: 'additional_trust_bundle',
  given: { additional_trust_bundle: `# ours: "yes"\n${certificate}\n${certificate}` },
  cleared: { additional_trust_bundle: '' },
  look: (ignition) => ({ anchor: textAt(ignition, anchorPath), spec: specIn(ignition).additionalTrustBundle }),
  expected: {
    anchor: `# ours: "yes"\n${certificate}\n${certificate}\n`,
    spec: `# ours: "yes"\n${certificate}\n${certificate}`,
  },
  absent: { anchor: undefined, spec: undefined },
};

const edgeUnit = '[Service]\nExecStart=/usr/bin/true\n[Install]\nWantedBy=multi-user.target\n';

const override = {
  ignition: { version: '3.4.0' },
  storage: { files: [{ path: '/etc/edge.conf', mode: 0o600, contents: { source: 'data:,edge' } }] },
  systemd: {
    units: [
      { name: 'edge.service', enabled: true, contents: edgeUnit },
      { name: 'agent.service', dropins: [{ name: '10-edge.conf', contents: '[Service]\nNice=1\n' }] },
    ],
  },
};

const overrideLook = (ignition: string) => {
  const { ignition: section, systemd } = parseIgnition(ignition);
  const units = systemd?.units ?? [];
  const agent = units.find(({ name }) => name === 'agent.service');
  return {
    version: section.version,
    file: textAt(ignition, '/etc/edge.conf'),
    unit: units.find(({ name }) => name === 'edge.service'),
    agent: [agent?.enabled, agent?.contents?.startsWith('[Service]'), agent !== undefined && 'dropins' in agent],
    spec: specIn(ignition).ignitionConfigOverride,
  };
};

export const ignitionOverride: Landing = {
  setting: 'ignition_config_override',
  given: { ignition_config_override: JSON.stringify(override) },
  cleared: { ignition_config_override: '' },
  look: overrideLook,
  expected: {
    version: '3.4.0',
    file: 'edge',
    unit: override.systemd.units[0],
    agent: [true, true, true],
    spec: undefined,
  },
  absent: { version: '3.2.0', file: undefined, unit: undefined, agent: [true, true, false], spec: undefined },
};

const sshKeys = ['one@edge # "1"', "two@edge 'é'"].map(
  (comment) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB5u+WsNGB3Vwwb2y1UcdSfCbZWj1yo8SWzbgYpXtaVn ${comment}`,
);

export const sshKey: Landing = {
  setting: 'ssh_authorized_key',
  given: { ssh_authorized_key: sshKeys.join('\n') },
  cleared: { ssh_authorized_key: '' },
  look: (ignition) => ({ keys: sshKeysIn(ignition), spec: specIn(ignition).sshAuthorizedKey }),
  expected: { keys: sshKeys, spec: sshKeys.join('\n') },
  absent: { keys: undefined, spec: undefined },
};

const dropIn = '50-ove-ignition.conf';

const unitsWithDropIn = (ignition: string): readonly string[] =>
  (parseIgnition(ignition).systemd?.units ?? [])
    .filter(({ dropins }) => dropins?.some(({ name }) => name === dropIn))
    .map(({ name }) => name)
    .toSorted();

const manifestPath = '/etc/assisted/manifests/';

export const prefilled: Landing = {
  setting: 'installation',
  given: { installation: 'prefilled' },
  cleared: { installation: 'interactive' },
  look: (ignition) => ({
    deployment: /"kind": "\w+"/.exec(textAt(ignition, `${manifestPath}cluster-deployment.yaml`) ?? '')?.[0],
    install: /"kind": "\w+"/.exec(textAt(ignition, `${manifestPath}agent-cluster-install.yaml`) ?? '')?.[0],
    units: unitsWithDropIn(ignition),
  }),
  expected: {
    deployment: '"kind": "ClusterDeployment"',
    install: '"kind": "AgentClusterInstall"',
    units: [
      'agent-register-cluster.service',
      'agent-register-infraenv.service',
      'agent-ui.service',
      'apply-host-config.service',
    ],
  },
  absent: { deployment: undefined, install: undefined, units: [] },
};

const hostFolder = '/etc/assisted/hostconfig/node-0';

export const siteHosts: Landing = {
  setting: 'hosts',
  given: {
    installation: 'prefilled',
    hosts: [
      {
        hostname: 'node-0',
        role: 'master',
        mac_addresses: ['52:54:00:00:77:01'],
        root_device_hints: { minSizeGigabytes: 120 },
      },
    ],
  },
  cleared: { hosts: [], installation: 'interactive' },
  look: (ignition) => ({
    addresses: textAt(ignition, `${hostFolder}/mac_addresses`),
    role: textAt(ignition, `${hostFolder}/role`),
    hints: textAt(ignition, `${hostFolder}/root-device-hints.yaml`),
    name: textAt(ignition, '/etc/assisted/hostnames/52:54:00:00:77:01'),
  }),
  expected: {
    addresses: '52:54:00:00:77:01\n',
    role: 'master',
    hints: '"minSizeGigabytes": 120\n',
    name: 'node-0',
  },
  absent: { addresses: undefined, role: undefined, hints: undefined, name: undefined },
};
