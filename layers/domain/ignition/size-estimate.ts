import type { InfraEnv } from '../infra-env/infra-env.ts';
import { embedAreaSize, packedSize, tooLarge } from './check.ts';
import { mergeConfigs } from './config-merge.ts';
import { toIgnitionFile } from './host-file.ts';
import { type Ignition, type IgnitionFile, parseIgnition } from './ignition.ts';
import { textResource } from './resource.ts';
import { settingFiles } from './setting-files.ts';
import { sshKeysOf } from './ssh-keys.ts';
import { pullSecretFiles } from './standard/host-basics.ts';
import { ntpSourcesOf, timeSourceFiles } from './time-sources.ts';
import { trustAnchorFiles } from './trust-anchor.ts';

interface Subject {
  readonly infraEnv: Pick<InfraEnv, 'type' | 'settings'>;
  /** JSON; undefined where it is not at hand, so that it does not count. */
  readonly pullSecret?: string | undefined;
}

/**
 * What openshift-install writes for itself: 27 to 28 kB, packed, in every known generation. Less is counted: a later one may
 * write less, and what is alike in it and in the settings packs together.
 */
const installerShare = 20 * 1024;

/** Bytes that become more than gzip looks back (32 KiB) once they are in base64: a second copy packs no better. */
const longText = 24 * 1024;

const textFile = (path: string, text: string): IgnitionFile => ({ path, contents: textResource(text) });

/** Elsewhere the keys stand in clear only; of the rest another file has a copy in base64, which takes in a short second one. */
const manifestFile = ({ settings }: Subject['infraEnv']): IgnitionFile[] => {
  const { additional_trust_bundle = '', proxy = {} } = settings;
  const copies = [additional_trust_bundle, ...Object.values(proxy), ntpSourcesOf(settings).join('\n')];
  const texts = [sshKeysOf(settings).join('\n'), ...copies.filter((text) => text.length > longText)];
  const text = texts.filter((part) => part !== '').join('\n');
  return text === '' ? [] : [textFile('/etc/assisted/manifests/infraenv.yaml', text)];
};

/** Without the line breaks of the user, since the binary makes its own. */
const pullSecretFile = (pullSecret: string | undefined): IgnitionFile[] =>
  pullSecret === undefined ? [] : [textFile('/root/.docker/config.json', JSON.stringify(JSON.parse(pullSecret)))];

/** Of a host's network only the MAC addresses: what nmstate makes of the rest is not known here. */
const macFiles = ({ settings }: Subject['infraEnv']): IgnitionFile[] =>
  (settings.static_network_config ?? []).map(({ mac_interface_map }, host) => {
    const lines = mac_interface_map.map(({ mac_address, logical_nic_name }) => `${mac_address}=${logical_nic_name}`);
    return textFile(`/etc/assisted/network/host${host}/mac_interface.ini`, lines.join('\n'));
  });

const disconnectedFiles = ({ infraEnv, pullSecret }: Subject): IgnitionFile[] => [
  ...pullSecretFile(pullSecret),
  ...manifestFile(infraEnv),
  ...macFiles(infraEnv),
  ...settingFiles(infraEnv.settings),
];

/** Of full and minimal ISOs alike, since either can be asked for: the first alone has static networks. */
const standardFiles = ({ infraEnv: { settings }, pullSecret }: Subject): IgnitionFile[] => [
  ...(pullSecret === undefined ? [] : pullSecretFiles(pullSecret).map(toIgnitionFile)),
  ...timeSourceFiles(settings),
  ...trustAnchorFiles(settings),
];

const filesOf = (subject: Subject): IgnitionFile[] =>
  subject.infraEnv.type === 'disconnected-iso' ? disconnectedFiles(subject) : standardFiles(subject);

/** The part of an infra-env's ignition that its settings alone make certain. */
const certainPart = (subject: Subject): Ignition => {
  const { settings } = subject.infraEnv;
  const sshAuthorizedKeys = sshKeysOf(settings);
  const part: Ignition = {
    ignition: { version: '3.2.0' },
    ...(sshAuthorizedKeys.length === 0 ? {} : { passwd: { users: [{ name: 'core', sshAuthorizedKeys }] } }),
    storage: { files: filesOf(subject) },
  };
  const { ignition_config_override: override } = settings;
  return override === undefined ? part : mergeConfigs(part, parseIgnition(override));
};

/** An override may take the place of anything that the binary writes. */
const shareOf = ({ type, settings }: Subject['infraEnv']): number =>
  type === 'disconnected-iso' && settings.ignition_config_override === undefined ? installerShare : 0;

/**
 * Bytes that the packed ignition takes at least. A lower bound, so that nothing is refused that would fit: counted is what
 * lands in the ignition as it is here, and no second copy that gzip might find in the first; what is counted packs no
 * better among more.
 */
export const leastPackedSize = (subject: Subject): number =>
  packedSize(Buffer.from(JSON.stringify(certainPart(subject)), 'utf8')) + shareOf(subject.infraEnv);

/**
 * Checks, when an infra-env is registered or changed, that the ISO can have room for its ignition. That it has, is checked
 * when the ignition is generated.
 *
 * @throws IgnitionTooLarge
 */
export const checkFits = (subject: Subject): void => {
  const packed = leastPackedSize(subject);
  if (packed > embedAreaSize) throw tooLarge(certainPart(subject), packed);
};
