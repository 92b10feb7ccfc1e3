import { toIgnitionFile } from '../host/host-file.ts';
import { sshKeysOf } from '../host/ssh-keys.ts';
import { textResource } from '../host/text-resource.ts';
import type { InfraEnv } from '../infra-env/infra-env.ts';
import { settingKeys, settingTable } from '../infra-env/setting-table.ts';
import { embedAreaSize, packedSize, tooLarge } from './check.ts';
import { mergeConfigs } from './config-merge.ts';
import { type Ignition, type IgnitionFile, parseIgnition } from './ignition.ts';
import { settingFiles } from './setting-parts.ts';
import { pullSecretFiles } from './standard/host-basics.ts';

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

const textsIn = (spec: unknown): readonly string[] => {
  if (typeof spec === 'string') return [spec];
  if (Array.isArray(spec)) return [spec.join('\n')];
  return typeof spec === 'object' && spec !== null ? Object.values(spec).flatMap(textsIn) : [];
};

/** Of a text that a file of its own has in base64 too, that file takes in a short second copy. */
const manifestTexts = ({ type, settings }: Subject['infraEnv']): readonly string[] =>
  settingKeys.flatMap((key) => {
    const { manifestSpec, lands } = settingTable[key];
    const texts = textsIn(manifestSpec(settings));
    const { files = [] } = lands[type].adds(settings);
    return files.length === 0 ? texts : texts.filter(({ length }) => length > longText);
  });

const manifestFile = (infraEnv: Subject['infraEnv']): IgnitionFile[] => {
  const text = manifestTexts(infraEnv).join('\n');
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
  ...settingFiles(infraEnv),
];

/** Of full and minimal ISOs alike, since either can be asked for: the first alone has static networks. */
const standardFiles = ({ infraEnv, pullSecret }: Subject): IgnitionFile[] => [
  ...(pullSecret === undefined ? [] : pullSecretFiles(pullSecret).map(toIgnitionFile)),
  ...settingFiles(infraEnv),
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
