import type { CarriedFile } from '../host/host-file.ts';
import type { InfraEnv } from '../infra-env/infra-env.ts';
import { settingKeys, settingTable } from '../infra-env/setting-table.ts';
import type { Ignition, IgnitionUnit } from './ignition.ts';
import { withRaisedLimit } from './start-limit.ts';

type Subject = Pick<InfraEnv, 'type' | 'settings'>;

const partsOf = ({ type, settings }: Subject) => settingKeys.map((key) => settingTable[key].lands[type].adds(settings));

/** The files that the settings need on a host beside those that the binary or the standard ignition makes of them. */
export const settingFiles = (subject: Subject): CarriedFile[] => partsOf(subject).flatMap(({ files = [] }) => files);

/** The units, likewise. @param base what the binary has made, some of whose units they add to */
export const settingUnits = (subject: Subject, base?: Ignition): IgnitionUnit[] =>
  partsOf(subject)
    .flatMap(({ units = [] }) => units)
    .map((unit) => withRaisedLimit(unit, base));
