import { discoveryDelay } from '../infra-env/discovery-delay.ts';
import type { InfraEnvSettings } from '../infra-env/infra-env-settings.ts';
import type { IgnitionUnit } from './ignition.ts';

/** The unit that gives a host its static network; the binary's in a disconnected ignition, ours in the others. */
export const networkUnitName = 'pre-network-manager-config.service';

/** Beside the wait that the infra-env asks for (seconds). */
const runSeconds = 60;

/** The line of the unit that says when systemd gives it up; the wait counts too. */
export const startLimit = (delaySeconds: number): string => `TimeoutStartSec=${runSeconds + delaySeconds}`;

/** What makes the binary's unit wait, which itself knows no delay. */
export const delayUnits = (settings: InfraEnvSettings): IgnitionUnit[] => {
  const seconds = discoveryDelay(settings);
  if (seconds === undefined) return [];
  const lines = ['[Service]', `ExecStartPre=/usr/bin/sleep ${seconds}`, startLimit(seconds), ''];
  return [{ name: networkUnitName, dropins: [{ name: '10-discovery-delay.conf', contents: lines.join('\n') }] }];
};
