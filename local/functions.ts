import * as z from 'zod';
import { functionMetadata } from '#cdk/service-function.ts';
import type { Handler, LocalFunction } from '#emulators/lambda/function.ts';
import { withEnvironment } from './environment.ts';
import type { Resource, Template } from './template/template.ts';

const functionSchema = z.object({
  Timeout: z.number(),
  MemorySize: z.number(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});

const handlerModule = z.object({
  handler: z.custom<Handler>((value) => typeof value === 'function', 'is not a function'),
});

/** A function of the template, with the folder that its code is in. */
export interface LoadedFunction extends LocalFunction {
  readonly folder: string;
}

interface LoadOptions {
  /** Variables that every function gets besides its own, which they replace. */
  readonly environment: Readonly<Record<string, string>>;
}

let loads = 0;

// A handler reads its environment once, when its module is evaluated: a new name of the module evaluates it anew, for the
// next stack in the same process.
const importHandler = async (folder: string): Promise<Handler> => {
  loads += 1;
  const url = new URL(`../functions/${folder}/handler.ts?load=${loads}`, import.meta.url);
  return handlerModule.parse(await import(url.href)).handler;
};

const load = async (resource: Resource, { environment }: LoadOptions): Promise<LoadedFunction> => {
  const folder = z.string().parse(resource.metadata[functionMetadata]);
  const { Timeout, MemorySize, Environment } = functionSchema.parse(resource.properties);
  const variables = { ...Environment.Variables, POWERTOOLS_SERVICE_NAME: folder, ...environment };
  const handler = await withEnvironment(variables, () => importHandler(folder));
  return { folder, name: resource.ref, handler, timeoutSeconds: Timeout, memoryMegabytes: MemorySize };
};

/** Loads the functions of a template one after the other, since they share the environment of this process. */
export const loadFunctions = async (template: Template, options: LoadOptions): Promise<readonly LoadedFunction[]> => {
  const loaded: LoadedFunction[] = [];
  for (const resource of template.ofType('AWS::Lambda::Function')) {
    if (resource.metadata[functionMetadata] !== undefined) loaded.push(await load(resource, options));
  }
  return loaded;
};

/** The function that an ARN of the template names. @throws Error when it is none of the loaded ones */
export const functionByArn = <Function extends LocalFunction>(
  functions: readonly Function[],
  arn: string,
): Function => {
  const found = functions.find(({ name }) => arn.endsWith(`:function:${name}`));
  if (found === undefined) throw new Error(`template: no function has the ARN ${arn}`);
  return found;
};
