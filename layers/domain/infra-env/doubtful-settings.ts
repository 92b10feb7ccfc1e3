import { sshKeysOf } from '../host/ssh-keys.ts';
import { weaknessOfKey } from '../values/ssh-key.ts';
import { expiredCertificates } from '../values/trust-bundle.ts';
import { addressDoubts } from './address-doubts.ts';
import { doubtsBetweenHosts } from './between-hosts.ts';
import type { InfraEnvSettings } from './infra-env-settings.ts';
import { overrideDoubts } from './override-doubts.ts';
import { shortened } from './static-network.ts';

const keyDoubts = (settings: InfraEnvSettings): readonly string[] =>
  sshKeysOf(settings)
    .map((key, index) => ({ index, weakness: weaknessOfKey(key) }))
    .filter(({ weakness }) => weakness !== undefined)
    .map(({ index, weakness }) => `ssh_authorized_key: key ${index + 1} opens no host, for ${weakness}`);

const certificateDoubts = ({ additional_trust_bundle = '' }: InfraEnvSettings, now: Date): readonly string[] =>
  expiredCertificates(additional_trust_bundle, now).map(
    ({ index, validTo }) => `additional_trust_bundle: certificate ${index + 1} is no longer valid since ${validTo}`,
  );

const networkDoubts = ({ static_network_config: hosts = [] }: InfraEnvSettings): readonly string[] =>
  [...addressDoubts(hosts), ...doubtsBetweenHosts(hosts)].map((doubt) => `static_network_config: ${doubt}`);

const ignitionDoubts = ({ ignition_config_override: override }: InfraEnvSettings): readonly string[] =>
  override ? overrideDoubts(override).map((doubt) => `ignition_config_override: ${doubt}`) : [];

/**
 * What a host takes and what still will not do there what is meant, nearly everywhere; in sentences for the person whose
 * settings they are. It may be right where nobody here can know it, so it is never refused.
 */
export const doubtfulSettings = (settings: InfraEnvSettings, now: Date): readonly string[] =>
  shortened([
    ...keyDoubts(settings),
    ...certificateDoubts(settings, now),
    ...networkDoubts(settings),
    ...ignitionDoubts(settings),
  ]);
