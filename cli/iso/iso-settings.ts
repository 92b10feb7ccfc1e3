import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { CommandFailure } from '#adapters/command-failure.ts';
import { parseIgnition } from '#domain/ignition/ignition.ts';
import type { Access } from '../api/api-request.ts';
import { readApi, runningApi } from '../api/find-api.ts';
import { usualData } from '../release-target.ts';
import type { Words } from '../words.ts';
import { fileFailure } from './iso-file.ts';
import type { PersonalSettings } from './personal-settings.ts';
import { settingsFromApi } from './settings-from-api.ts';

export type SettingsSource =
  | { readonly kind: 'file'; readonly file: string }
  | {
      readonly kind: 'api';
      /** undefined: that of the local stack which runs on the data folder. */
      readonly api: string | undefined;
      readonly data: string;
      readonly infraEnvId: string;
    };

/** Where the settings are to come from. @throws what `wrong` makes of the reason when the options do not say one thing */
export const readSource = ({ text, flag }: Words, wrong: (reason: string) => Error): SettingsSource => {
  const [file, infraEnvId] = [text('ignition'), text('infra-env')];
  const [api, data] = [text('api'), text('data')];
  if (api !== undefined && data !== undefined) throw wrong('--api names an address, --data a local stack: choose one');
  if (file !== undefined) {
    if (infraEnvId !== undefined || api !== undefined || data !== undefined || flag('iam'))
      throw wrong('--ignition stands alone: no API is asked');
    return { kind: 'file', file };
  }
  if (infraEnvId === undefined) throw wrong('whose settings? Name --infra-env ID, or --ignition FILE');
  if (!z.guid().safeParse(infraEnvId).success) throw wrong(`--infra-env ${infraEnvId} is not an id`);
  return {
    kind: 'api',
    infraEnvId,
    api: api === undefined ? undefined : readApi(api, wrong),
    data: data ?? usualData,
  };
};

/** @throws CommandFailure when it is not an ignition; its message holds nothing of it */
const checked = (settings: PersonalSettings, source: string): PersonalSettings => {
  try {
    parseIgnition(Buffer.from(settings.ignition).toString('utf8'));
    return settings;
  } catch (cause) {
    throw new CommandFailure(`${source}: ${cause instanceof Error ? cause.message : 'no ignition'}`, { cause });
  }
};

const settingsFromFile = async (file: string): Promise<PersonalSettings> => {
  const ignition = await readFile(file).catch((cause) => Promise.reject(fileFailure(file, cause)));
  return { ignition, kernelArguments: [], release: undefined };
};

/** @throws CommandFailure */
export const obtainSettings = async (source: SettingsSource, access: Access): Promise<PersonalSettings> => {
  if (source.kind === 'file') return checked(await settingsFromFile(source.file), source.file);
  const api = source.api ?? (await runningApi(source.data));
  return checked(await settingsFromApi({ ...source, api }, access), `the API at ${api}`);
};
