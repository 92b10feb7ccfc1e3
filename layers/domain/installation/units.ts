import type { CarriedUnit, HostFile } from '../host/host-file.ts';
import type { Ignition } from '../ignition/ignition.ts';
import { guardScript, waitForClusterScript, waitForHostIgnitionScript } from './scripts.ts';

const text = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** Where node zero alone has a file. */
const onNodeZero = 'ConditionPathExists=/etc/assisted/node0';

/** A condition without a value takes away all that the unit has. */
const conditions = (...wanted: readonly string[]): readonly string[] => ['[Unit]', 'ConditionPathExists=', ...wanted];

const dropIn = (name: string, ...lines: readonly string[]): CarriedUnit => ({
  name,
  dropins: [{ name: '50-ove-ignition.conf', contents: text(...lines) }],
});

const waitsForCluster = ['[Service]', `ExecStartPre=${waitForClusterScript.path}`];

/** Both generations' names of what opens the wizard. */
const wizardNames = ['agent-ui.service', 'agent-start-ui.service'];

/** The names of the unit that opens the wizard in this ignition. */
const wizardUnitsOf = ({ systemd }: Ignition): readonly string[] =>
  (systemd?.units ?? []).map(({ name }) => name).filter((name) => wizardNames.includes(name));

/**
 * Drop-ins by which the cluster is registered although the wizard is on: the marker of the wizard would turn that off. Of
 * `apply-host-config` the others wait for its start alone, as if it had been turned off, so that a host that never comes
 * keeps nobody from installing the rest.
 */
export const prefilledUnits = (unconfigured: Ignition): readonly CarriedUnit[] => [
  dropIn(
    'agent-register-cluster.service',
    ...conditions(onNodeZero, 'ConditionPathExists=!/etc/assisted/add-nodes.env'),
  ),
  dropIn('agent-register-infraenv.service', ...conditions(onNodeZero), '', ...waitsForCluster),
  dropIn('apply-host-config.service', ...conditions(onNodeZero), '', '[Service]', 'Type=exec'),
  ...wizardUnitsOf(unconfigured).map((name) =>
    dropIn(
      name,
      '[Unit]',
      'Wants=agent-register-cluster.service agent-register-infraenv.service apply-host-config.service',
      'After=agent-register-cluster.service',
    ),
  ),
];

export const prefilledScripts: readonly HostFile[] = [waitForClusterScript];

export const startUnitName = 'start-cluster-installation.service';
const guardName = 'ove-installation-guard.service';

const guardUnit: CarriedUnit = {
  name: guardName,
  enabled: true,
  contents: text(
    '[Unit]',
    'Description=Keep an installed node from being installed again',
    'After=node-zero.service',
    `Before=${startUnitName}`,
    onNodeZero,
    '',
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    `ExecStart=${guardScript.path}`,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ),
};

/** What the script that waits for the hosts reads: the unit has one or the other of them itself, by its build. */
const environmentFiles = [
  '/usr/local/share/assisted-service/assisted-service.env',
  '/usr/local/share/start-cluster/start-cluster.env',
  '/etc/assisted/rendezvous-host.env',
];

interface Unattended {
  /** Whether a host that is installed already is installed again. */
  readonly allowsReinstall: boolean;
}

/** What makes an installation that starts by itself wait for what it needs, and stop where it would destroy a cluster. */
export const unattendedUnits = ({ allowsReinstall }: Unattended): readonly CarriedUnit[] => [
  dropIn('agent-register-infraenv.service', ...waitsForCluster),
  dropIn(
    startUnitName,
    ...(allowsReinstall ? [] : ['[Unit]', `Requires=${guardName}`, `After=${guardName}`, '']),
    '[Service]',
    ...environmentFiles.map((path) => `EnvironmentFile=${path}`),
    `ExecStartPre=${waitForHostIgnitionScript.path}`,
  ),
  ...(allowsReinstall ? [] : [guardUnit]),
];

export const unattendedScripts = ({ allowsReinstall }: Unattended): readonly HostFile[] => [
  waitForClusterScript,
  waitForHostIgnitionScript,
  ...(allowsReinstall ? [] : [guardScript]),
];
