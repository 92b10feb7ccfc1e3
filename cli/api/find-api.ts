import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** Where `npm start` serves the API. */
export const usualApi = 'http://127.0.0.1:8090';

const stackFile = z.object({ outputs: z.object({ ApiUrl: z.url() }) });

/** The address of the local stack that runs on a data folder, the usual one if none does. */
export const runningApi = async (data: string): Promise<string> => {
  try {
    return stackFile.parse(JSON.parse(await readFile(join(data, 'stack.json'), 'utf8'))).outputs.ApiUrl;
  } catch {
    return usualApi;
  }
};

/** Of an address of its operations, `…/v2`, too. @throws what `wrong` makes of the reason when it is not an address, or holds credentials */
export const readApi = (address: string, wrong: (reason: string) => Error): string => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw wrong(`--api ${address} is not an address like ${usualApi}`);
  }
  if (url.username !== '' || url.password !== '') throw wrong('--api must not hold a user name or password');
  return address.replace(/(\/v2)?\/*$/, '');
};
