import { isDeepStrictEqual } from 'node:util';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { settingTable } from '../../infra-env/setting-table.ts';
import type { NetworkProfile } from '../../release/installer-profile.ts';
import { networksArrive } from '../carried.ts';
import type { Ignition } from '../ignition.ts';
import { rendezvousAddressIn } from '../rendezvous.ts';
import { resourceText } from '../resource.ts';
import {
  harmlessAddress,
  harmlessHost,
  harmlessSettings,
  type Probed,
  probedSettings,
  settingsLike,
} from './harmless.ts';

const manifestPath = '/etc/assisted/manifests/infraenv.yaml';

const specIn = ({ storage }: Ignition): Readonly<Record<string, unknown>> => {
  const { contents } = storage?.files?.find(({ path }) => path === manifestPath) ?? {};
  if (!contents) return {};
  const manifest = load(resourceText(contents), { schema: YAML11_SCHEMA });
  const spec = typeof manifest === 'object' && manifest !== null && 'spec' in manifest ? manifest.spec : undefined;
  return typeof spec === 'object' && spec !== null ? { ...spec } : {};
};

const addressArrives = (ignition: Ignition): boolean => String(rendezvousAddressIn(ignition)) === harmlessAddress;

const arrives = (ignition: Ignition, key: Probed): boolean => {
  if (key === 'rendezvous_ip') return addressArrives(ignition);
  const spec = specIn(ignition);
  return Object.entries(settingTable[key].manifestSpec(harmlessSettings)).every(([name, value]) =>
    isDeepStrictEqual(spec[name], value),
  );
};

/** The settings of which a run with all of them made nothing, or another thing. */
export const missingSettings = (ignition: Ignition): readonly string[] =>
  probedSettings.filter((key) => !arrives(ignition, key)).flatMap(settingsLike);

/** What runs with a static network made of it, undefined where one was refused. */
export interface NetworkRuns {
  readonly alone: Ignition | undefined;
  /** With an address for the rendezvous host. */
  readonly besideAddress: Ignition | undefined;
}

/** What becomes of static networks; undefined where they do not even arrive alone. */
export const networkProfileOf = ({ alone, besideAddress }: NetworkRuns): NetworkProfile | undefined => {
  if (alone === undefined || !networksArrive(alone, [harmlessHost])) return undefined;
  const both =
    besideAddress !== undefined && networksArrive(besideAddress, [harmlessHost]) && addressArrives(besideAddress);
  return {
    besideAddress: both ? 'arrive' : 'discarded',
    makeRendezvousHost: rendezvousAddressIn(alone) !== undefined,
  };
};
