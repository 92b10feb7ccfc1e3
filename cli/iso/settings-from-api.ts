import * as z from 'zod';
import { CommandFailure } from '#adapters/command-failure.ts';
import { normaliseArchitecture } from '#domain/architecture.ts';
import { parseJson } from '#domain/values/json.ts';
import { excerpt } from '#domain/values/printable.ts';
import type { PersonalSettings } from './personal-settings.ts';

/** Where `npm start` serves the API. */
export const usualApi = 'http://127.0.0.1:8090';

export interface Access {
  readonly signal: AbortSignal;
  /** For the Authorization header; never shown. */
  readonly token: string | undefined;
}

interface Asked extends Access {
  readonly api: string;
  /** Below the API's address. */
  readonly path: string;
}

/** Longer than any gateway waits for the first generation of an ignition. */
const patienceMs = 60_000;
/** Far more than an embed area takes. */
const largestAnswer = 16 * 1024 * 1024;

const unreachable = (api: string, error: unknown): CommandFailure => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new CommandFailure(`the API at ${api} does not answer${code}: start it, or name its address with --api`);
};

/** The two shapes in which the API says what is wrong. */
const refusal = z.object({ reason: z.string() }).or(z.object({ message: z.string() }));

const reasonOf = (bytes: Buffer): string => {
  try {
    const said = refusal.parse(JSON.parse(bytes.toString('utf8')));
    return `: ${excerpt('reason' in said ? said.reason : said.message)}`;
  } catch {
    return '';
  }
};

const refused = (status: number, body: Buffer): CommandFailure => {
  const advice = status === 401 || status === 403 ? '; put a token into OVE_IGNITION_TOKEN' : '';
  return new CommandFailure(`the API refuses with HTTP ${status}${reasonOf(body)}${advice}`);
};

const contentOf = async ({ body }: Response): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.length;
    if (size > largestAnswer) throw new CommandFailure(`the API answers with more than ${largestAnswer} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
};

/** Follows the link to the artifact; fetch sends the Authorization header to the API's own origin alone. */
const get = async ({ api, path, signal, token }: Asked): Promise<Buffer> => {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const either = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  try {
    const response = await fetch(`${api.replace(/\/+$/, '')}${path}`, { headers, signal: either });
    const content = await contentOf(response);
    if (!response.ok) throw refused(response.status, content);
    return content;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof CommandFailure ? error : unreachable(api, error);
  }
};

const kernelArguments = z.array(z.object({ operation: z.literal('append'), value: z.string() }));

const infraEnvAnswer = z.object({
  cpu_architecture: z.string(),
  openshift_version: z.string().optional(),
  kernel_arguments: z.string().optional(),
});

const parse = <T>(schema: z.ZodType<T>, text: string, api: string): T => {
  try {
    return schema.parse(parseJson(text));
  } catch {
    throw new CommandFailure(`the API at ${api} does not answer as this service does: check --api`);
  }
};

/** The ignition and the kernel arguments of an infra-env. @throws CommandFailure */
export const settingsFromApi = async (
  { api, infraEnvId }: { api: string; infraEnvId: string },
  access: Access,
): Promise<PersonalSettings> => {
  const path = `/v2/infra-envs/${infraEnvId}`;
  const answer = (await get({ api, path, ...access })).toString('utf8');
  const infraEnv = parse(infraEnvAnswer, answer, api);
  const added = parse(kernelArguments, infraEnv.kernel_arguments ?? '[]', api);
  const ignition = await get({ api, path: `${path}/downloads/files?file_name=discovery.ign`, ...access });
  const [version, architecture] = [infraEnv.openshift_version, normaliseArchitecture(infraEnv.cpu_architecture)];
  return {
    ignition,
    kernelArguments: added.map(({ value }) => value),
    release:
      version === undefined || architecture === undefined ? undefined : { version, cpuArchitectures: [architecture] },
  };
};
