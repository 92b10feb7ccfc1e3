import type { HostFile } from '../../host/host-file.ts';
import { commandWord } from '../../host/systemd-words.ts';
import type { InfraEnv } from '../../infra-env/infra-env.ts';
import { proxyAssignments } from './standard-proxy.ts';
import type { Unit } from './unit.ts';

/** Where the agent of a discovered host comes from, and whom it talks to. */
export interface AgentSettings {
  /** `http` or `https`, without the path of the API. */
  readonly serviceBaseUrl: string;
  /** Container image, as podman pulls it. */
  readonly image: string;
  /** In PEM: what vouches for the service, where the image's own authorities do not. */
  readonly caCertificate?: string | undefined;
}

const certificatePath = '/etc/assisted-service/service-ca-cert.crt';

export const agentFiles = ({ caCertificate }: AgentSettings): readonly HostFile[] =>
  caCertificate === undefined ? [] : [{ path: certificatePath, mode: 0o644, text: `${caCertificate.trim()}\n` }];

const command = (words: readonly string[]): string => words.map(commandWord).join(' ');

const agentCommand = ({ serviceBaseUrl, image, caCertificate }: AgentSettings, infraEnvId: string): string => {
  const options = ['--url', serviceBaseUrl, '--infra-env-id', infraEnvId, '--agent-version', image, '--insecure=false'];
  const trust = caCertificate === undefined ? [] : ['--cacert', certificatePath];
  return command(['/usr/local/bin/agent', ...options, ...trust]);
};

const copyingRun = '/usr/bin/podman run --pull=never --privileged --rm --volume /usr/local/bin:/hostbin'.split(' ');

/** How long getting the image may take before systemd starts over (seconds), as in the assisted-service API. */
const startSeconds = 600;

/** The agent (assisted-service API 5.3), which comes in an image and runs on the host itself. */
export const agentUnit = (
  { id, settings }: Pick<InfraEnv, 'id' | 'settings'>,
  agent: AgentSettings,
): Required<Unit> => ({
  name: 'agent.service',
  enabled: true,
  contents: [
    '[Unit]',
    'Description=Agent that reports this host to the service that installs it',
    'Wants=network-online.target',
    'After=network-online.target',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    ...proxyAssignments(settings).map((assignment) => `Environment=${assignment}`),
    `TimeoutStartSec=${startSeconds}`,
    `ExecStartPre=${command(['/usr/local/bin/agent-fix-bz1964591', agent.image])}`,
    `ExecStartPre=${command(['/usr/local/bin/agent-pull-image', agent.image])}`,
    `ExecStartPre=${command([...copyingRun, agent.image, 'cp', '/usr/bin/agent', '/hostbin'])}`,
    `ExecStart=${agentCommand(agent, id)}`,
    'Restart=always',
    'RestartSec=3',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n'),
});
