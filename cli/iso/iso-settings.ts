import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { CommandFailure } from '#adapters/command-failure.ts';
import { parseIgnition } from '#domain/ignition/ignition.ts';
import type { Words } from '../words.ts';
import { fileFailure } from './iso-file.ts';
import type { PersonalSettings } from './personal-settings.ts';
import { type Access, settingsFromApi, usualApi } from './settings-from-api.ts';

export type SettingsSource =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'api'; readonly api: string; readonly infraEnvId: string };

const readApi = (address: string, wrong: (reason: string) => Error): string => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw wrong(`--api ${address} is not an address like ${usualApi}`);
  }
  if (url.username !== '' || url.password !== '') throw wrong('--api must not hold a user name or password');
  return address;
};

/** Where the settings are to come from. @throws what `wrong` makes of the reason when the options do not say one thing */
export const readSource = ({ text }: Words, wrong: (reason: string) => Error): SettingsSource => {
  const [file, infraEnvId, api] = [text('ignition'), text('infra-env'), text('api')];
  if (file !== undefined) {
    if (infraEnvId !== undefined || api !== undefined) throw wrong('--ignition stands alone: no API is asked');
    return { kind: 'file', file };
  }
  if (infraEnvId === undefined) throw wrong('whose settings? Name --infra-env ID, or --ignition FILE');
  if (!z.guid().safeParse(infraEnvId).success) throw wrong(`--infra-env ${infraEnvId} is not an id`);
  return { kind: 'api', infraEnvId, api: readApi(api ?? usualApi, wrong) };
};

/** @throws CommandFailure when it is not an ignition; its message holds nothing of it */
const checkIgnition = (ignition: Uint8Array, source: string): void => {
  try {
    parseIgnition(Buffer.from(ignition).toString('utf8'));
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
  const settings = await (source.kind === 'file' ? settingsFromFile(source.file) : settingsFromApi(source, access));
  checkIgnition(settings.ignition, source.kind === 'file' ? source.file : `the API at ${source.api}`);
  return settings;
};
