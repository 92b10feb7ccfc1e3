import { networkUnitName } from '../../host/discovery-delay.ts';
import { type HostFile, toIgnitionFile } from '../../host/host-file.ts';
import { sshKeysOf } from '../../host/ssh-keys.ts';
import type { InfraEnv } from '../../infra-env/infra-env.ts';
import type { InfraEnvSettings } from '../../infra-env/infra-env-settings.ts';
import { checkTree } from '../../values/ignition/node-tree.ts';
import { mergeConfigs } from '../config-merge.ts';
import { asIgnition, type Ignition, parseIgnition } from '../ignition.ts';
import { settingFiles, settingUnits } from '../setting-parts.ts';
import { type AgentSettings, agentFiles, agentUnit } from './agent.ts';
import { agentScripts } from './agent-scripts.ts';
import { addressFiles, messageFiles, pullSecretFiles } from './host-basics.ts';
import type { StaticNetwork } from './network-files.ts';
import { networkScripts } from './network-scripts.ts';
import { networkUnit } from './network-unit.ts';
import { oracleCloudFiles, oracleCloudUnit } from './oracle-cloud.ts';
import { sharedDiskFiles, sharedDiskUnits } from './shared-disks.ts';
import { ignitionProxy, proxyProfile } from './standard-proxy.ts';
import { policyFiles, policyUnit } from './time-synchronisation-policy.ts';
import type { Unit } from './unit.ts';

interface Inputs {
  /** Of the type that the ISO is made for: an infra-env of either has both. */
  readonly infraEnv: Pick<InfraEnv, 'id' | 'type' | 'settings'>;
  /** JSON as the user gave it. */
  readonly pullSecret: string;
  readonly agent: AgentSettings;
  /** Absent where no host has one, and for a minimal ISO, whose initramfs carries it. */
  readonly network?: StaticNetwork | undefined;
}

const networkUnits = (network: StaticNetwork | undefined, settings: InfraEnvSettings): readonly Unit[] => {
  if (network === undefined) return [];
  const { network_discovery_delay_seconds: delaySeconds = 0 } = settings;
  const contents = networkUnit({ place: 'live', form: network.form, delaySeconds });
  return [{ name: networkUnitName, enabled: true, contents }];
};

const textFiles = ({ infraEnv: { settings }, pullSecret, agent, network }: Inputs): readonly HostFile[] => [
  ...agentScripts,
  ...agentFiles(agent),
  ...messageFiles,
  ...sharedDiskFiles,
  ...oracleCloudFiles,
  ...addressFiles,
  ...pullSecretFiles(pullSecret),
  ...policyFiles,
  ...proxyProfile(settings),
  ...(network === undefined ? [] : [...networkScripts(network.form), ...network.files]),
];

const usersOf = (settings: InfraEnvSettings) => {
  const sshAuthorizedKeys = sshKeysOf(settings);
  // A hash that no password has.
  return sshAuthorizedKeys.length === 0
    ? []
    : [{ name: 'core', passwordHash: '!', groups: ['sudo'], sshAuthorizedKeys }];
};

const ownIgnition = (inputs: Inputs): Ignition => {
  const { infraEnv, agent, network } = inputs;
  const { settings } = infraEnv;
  const proxy = ignitionProxy(settings);
  return asIgnition({
    ignition: { version: '3.1.0', ...(proxy === undefined ? {} : { proxy }) },
    passwd: { users: usersOf(settings) },
    storage: {
      files: [...textFiles(inputs).map(toIgnitionFile), ...settingFiles(infraEnv)],
    },
    systemd: {
      units: [
        agentUnit(infraEnv, agent),
        policyUnit,
        ...sharedDiskUnits,
        oracleCloudUnit,
        ...networkUnits(network, settings),
        ...settingUnits(infraEnv),
      ],
    },
  });
};

/**
 * The ignition of a full or a minimal ISO (assisted-service API 5): the host runs the agent, which reports to the service
 * that installs it. The user's override is merged in last, by Ignition's own rules.
 *
 * @throws InvalidInput when no host could have the override's files beside the others
 */
export const standardIgnition = (inputs: Inputs): Ignition => {
  const own = ownIgnition(inputs);
  const { ignition_config_override: override } = inputs.infraEnv.settings;
  if (override === undefined) return own;
  const merged = mergeConfigs(own, parseIgnition(override));
  checkTree(merged);
  return merged;
};
