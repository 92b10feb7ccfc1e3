import { availableParallelism } from 'node:os';
import * as z from 'zod';
import { compileCache } from '#adapters/compile-cache.ts';
import { functionMetadata } from '#cdk/service-function.ts';
import { environmentPool } from '#emulators/lambda/environment-pool.ts';
import { environmentProcess } from '#emulators/lambda/environment-process.ts';
import type { LocalFunction } from '#emulators/lambda/function.ts';
import type { TemporaryStorage } from '#emulators/lambda/temporary-storage.ts';
import type { Credentials } from './backing-services.ts';
import { functionBundle } from './function-bundle.ts';
import { roleName } from './roles.ts';
import type { Resource, Template } from './template/template.ts';

const functionSchema = z.object({
  Role: z.string(),
  Timeout: z.number(),
  MemorySize: z.number(),
  PackageType: z.literal('Image').optional(),
  EphemeralStorage: z.object({ Size: z.number() }).default({ Size: 512 }),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});

/** A function of the template, with the folder that its code is in. */
export interface LoadedFunction extends LocalFunction {
  readonly folder: string;
}

interface LoadOptions {
  /** Variables that every function gets besides its own, which they replace. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folders that are here what is /tmp in Lambda. */
  readonly temporary: readonly string[];
  /** Of a role, by its name; without it every function calls as this process does. */
  readonly credentialsOf?: ((role: string) => Credentials) | undefined;
}

/** What a person waits for. The others have cores of their own in AWS; here they share those of these two. */
const answering = ['api', 'downloads'];

/** What names a function's role to the services that it calls. */
const identityVariables = (credentials: Credentials | undefined): Record<string, string> =>
  credentials === undefined
    ? {}
    : { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey };

// Where AWS's services are and as whom they are called, and where programs are.
const isInherited = (name: string): boolean => name.startsWith('AWS_') || name === 'PATH';

const inherited = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || !isInherited(name) ? [] : [[name, value]],
    ),
  );

/** Megabytes for which Lambda gives a function one core. */
const megabytesPerCore = 1_769;

/** As many at once as this machine has cores for them, each with the share of a core that Lambda would give it. */
const mostAtOnce = (megabytes: number): number => Math.ceil((availableParallelism() * megabytesPerCore) / megabytes);

/**
 * Only /tmp can be written, and Node's compile cache, without which a start takes twice as long. The programs of a function
 * get no TMPDIR: theirs is /tmp itself.
 */
const boundOf = (temporary: TemporaryStorage | undefined) =>
  temporary === undefined
    ? { writable: [compileCache] }
    : { writable: [compileCache, ...temporary.folders, '/tmp'], startsPrograms: true };

const load = async (
  resource: Resource,
  { environment, temporary, credentialsOf }: LoadOptions,
): Promise<LoadedFunction> => {
  const folder = z.string().parse(resource.metadata[functionMetadata]);
  const properties = functionSchema.parse(resource.properties);
  const { Role, Timeout, MemorySize, Environment, PackageType, EphemeralStorage } = properties;
  // The others start no programs, and have nothing to write.
  const storage = PackageType && { folders: temporary, megabytes: EphemeralStorage.Size };
  const identity = { name: resource.ref, memoryMegabytes: MemorySize };
  const code = {
    ...identity,
    module: await functionBundle(folder),
    isBackground: !answering.includes(folder),
    ...boundOf(storage),
    variables: {
      ...inherited(),
      ...identityVariables(credentialsOf?.(roleName(Role))),
      NODE_COMPILE_CACHE: compileCache,
      ...Environment.Variables,
      ...environment,
    },
  };
  const environments = environmentPool({ start: () => environmentProcess(code), most: mostAtOnce(MemorySize) });
  return { ...identity, folder, timeoutSeconds: Timeout, environments, temporary: storage };
};

/** The project's own functions among those of a template. */
export const functionsIn = (template: Template): readonly Resource[] =>
  template.ofType('AWS::Lambda::Function').filter(({ metadata }) => metadata[functionMetadata] !== undefined);

/**
 * The functions of a template, bundled as they are deployed. Each runs in processes of its own, which start when they are
 * needed.
 */
export const loadFunctions = (template: Template, options: LoadOptions): Promise<readonly LoadedFunction[]> =>
  Promise.all(functionsIn(template).map((resource) => load(resource, options)));

/** The function that an ARN of the template names. @throws Error when it is not one of the loaded ones */
export const functionByArn = <Function extends LocalFunction>(
  functions: readonly Function[],
  arn: string,
): Function => {
  const found = functions.find(({ name }) => arn.endsWith(`:function:${name}`));
  if (found === undefined) throw new Error(`template: no function has the ARN ${arn}`);
  return found;
};
