import * as z from 'zod';
import { CommandFailure } from '#adapters/command-failure.ts';
import { normaliseArchitecture } from '#domain/architecture.ts';
import { parseJson } from '#domain/values/json.ts';
import { type Access, askApi } from '../api/api-request.ts';
import type { PersonalSettings } from './personal-settings.ts';

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
  const answer = (await askApi({ api, path, ...access })).toString('utf8');
  const infraEnv = parse(infraEnvAnswer, answer, api);
  const added = parse(kernelArguments, infraEnv.kernel_arguments ?? '[]', api);
  const ignition = await askApi({ api, path: `${path}/downloads/files?file_name=discovery.ign`, ...access });
  const [version, architecture] = [infraEnv.openshift_version, normaliseArchitecture(infraEnv.cpu_architecture)];
  return {
    ignition,
    kernelArguments: added.map(({ value }) => value),
    release:
      version === undefined || architecture === undefined ? undefined : { version, cpuArchitectures: [architecture] },
  };
};
