import { createWriteStream } from 'node:fs';
import { access, constants, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { CommandFailure } from '#adapters/command-failure.ts';
import { Refused, unreachable } from '../api/api-request.ts';
import type { InfraEnvRecord, SiteApi } from './site-api.ts';

interface Link {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Between two questions for an ISO that is being composed, where the service does not say. */
const usualDelaySeconds = 2;

const linkOf = async (api: SiteApi, { id, name }: InfraEnvRecord): Promise<string> => {
  const { download_url: url } = await api.infraEnv(id);
  if (url === undefined)
    throw new CommandFailure(`${name} has no ISO: the service makes those of type disconnected-iso`);
  return url;
};

/** Asks until the ISO is there: 503 says that it is being composed. @throws CommandFailure when it cannot be */
const readyAnswer = async ({ url, signal, headers = {} }: Link): Promise<Response> => {
  for (;;) {
    const answer = await fetch(url, { signal, headers }).catch((error) => Promise.reject(unreachable(url, error)));
    if (answer.ok) return answer;
    const body = Buffer.from(await answer.arrayBuffer());
    if (answer.status !== 503) throw new Refused(answer.status, body);
    const seconds = Number(answer.headers.get('retry-after') ?? usualDelaySeconds);
    await setTimeout(seconds * 1000, undefined, { signal });
  }
};

/** What the ISO's link answers, once it is there. @throws CommandFailure */
export const isoAnswer = async (
  api: SiteApi,
  infraEnv: InfraEnvRecord,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> => readyAnswer({ url: await linkOf(api, infraEnv), signal: api.signal, headers });

/** Waits until the ignition is made and, where the release has a base ISO, the ISO composed. @throws CommandFailure */
export const waitForSite = async (api: SiteApi, infraEnv: InfraEnvRecord): Promise<void> => {
  if (infraEnv.type !== 'disconnected-iso') return;
  await api.ignition(infraEnv.id);
  if (infraEnv.size_bytes === undefined) return;
  const answer = await isoAnswer(api, infraEnv);
  await answer.body?.cancel();
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'you may not write there',
  EROFS: 'nothing can be written there',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'you may not write more there',
};

const unwritten = (path: string, cause: unknown): Error => {
  if (cause instanceof CommandFailure) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = reasons[code];
  return new CommandFailure(
    reason === undefined ? 'the download broke off: repeat the command' : `${path} cannot be written: ${reason}`,
    { cause },
  );
};

/** Before anything is made: an ISO takes long to compose and to download. @throws CommandFailure */
export const checkWritable = async (path: string): Promise<void> => {
  try {
    await access(dirname(path), constants.W_OK);
  } catch (cause) {
    throw unwritten(path, cause);
  }
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) throw new CommandFailure(`${path} cannot be written: ${reasons.EISDIR}`);
};

/** A file that holds secrets, so that nobody else may read it; what was not finished is removed. */
const inPlace = async (path: string, write: (unfinished: string, mode: number) => Promise<void>): Promise<void> => {
  const unfinished = `${path}.part`;
  try {
    await write(unfinished, 0o600);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw unwritten(path, error);
  }
};

/** Downloads the ISO, once it is there. @throws CommandFailure */
export const saveIso = async (api: SiteApi, infraEnv: InfraEnvRecord, path: string): Promise<void> => {
  const { signal } = api;
  const answer = await isoAnswer(api, infraEnv);
  await inPlace(path, (unfinished, mode) =>
    pipeline(Readable.from(answer.body ?? []), createWriteStream(unfinished, { mode }), { signal }),
  );
};

/** Downloads the ignition. @throws CommandFailure */
export const saveIgnition = async (api: SiteApi, infraEnv: InfraEnvRecord, path: string): Promise<void> => {
  const ignition = await api.ignition(infraEnv.id);
  await inPlace(path, (unfinished, mode) => writeFile(unfinished, ignition, { mode }));
};
