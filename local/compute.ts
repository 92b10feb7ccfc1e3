import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { s3 } from '#adapters/s3-client.ts';
import { atMost } from '#emulators/at-most.ts';
import { listen } from '#emulators/http/listen.ts';
import { fromPrograms, onlyFor } from '#emulators/http/welcome.ts';
import type { LocalFunction } from '#emulators/lambda/function.ts';
import { lambdaServer } from '#emulators/lambda/lambda-server.ts';
import { stepFunctions, type TaskIdentity } from '#emulators/step-functions/step-functions.ts';
import { stepFunctionsServer } from '#emulators/step-functions/step-functions-server.ts';
import type { Permissions } from './backing-services.ts';
import type { Closing } from './closing.ts';
import { setEnvironment } from './environment.ts';
import { type LoadedFunction, loadFunctions } from './functions.ts';
import type { LocalOptions } from './local-options.ts';
import { machinesOf } from './state-machines.ts';
import type { Template } from './template/template.ts';

interface Computing {
  readonly template: Template;
  readonly options: LocalOptions;
  /** Without them everything is called as whoever the environment names. */
  readonly permissions: Permissions | undefined;
}

const idleMilliseconds = 5_000;

const startLambda = async (
  functions: ReadonlyMap<string, LocalFunction>,
  permissions: Permissions | undefined,
  closing: Closing,
): Promise<void> => {
  const { endpoint, close } = await listen(onlyFor(fromPrograms, lambdaServer(functions, permissions?.access)));
  closing.add(close);
  closing.add(setEnvironment({ AWS_ENDPOINT_URL_LAMBDA: endpoint }));
};

/** As its role, a state machine calls other services and starts executions. */
const identityOf = (role: string, permissions: Permissions | undefined): TaskIdentity => {
  const credentials = permissions === undefined ? {} : { credentials: permissions.credentialsOf(role) };
  return {
    clients: { dynamoDb: new DynamoDBClient(credentials), lambda: new LambdaClient(credentials), s3: s3(credentials) },
    refusalToStart: (resource) => permissions?.access.refusal(role, { action: 'states:StartExecution', resource }),
  };
};

const startStepFunctions = async ({ template, permissions }: Computing, closing: Closing): Promise<void> => {
  const service = stepFunctions(machinesOf(template), ({ role }) => identityOf(role, permissions));
  const { endpoint, close } = await listen(onlyFor(fromPrograms, stepFunctionsServer(service, permissions?.access)));
  closing.add(close);
  closing.add(() => atMost(idleMilliseconds, service.idle()));
  closing.add(setEnvironment({ AWS_ENDPOINT_URL_SFN: endpoint }));
};

/** By the variables that name them. Of the last run the installers alone are kept: whoever wrote the rest has ended. */
const temporaryFolders = async (dataDir: string) => {
  const folders = {
    INSTALLER_CACHE_DIR: join(dataDir, 'installers'),
    WORKSPACE_DIR: join(dataDir, 'workspaces'),
    TMPDIR: join(dataDir, 'tmp'),
  };
  await rm(folders.TMPDIR, { recursive: true, force: true });
  await mkdir(folders.TMPDIR, { mode: 0o700 });
  return folders;
};

// In the order in which a person needs them right after starting the stack.
const warmed = ['api', 'ignition', 'downloads'];

// One after the other, beside the rest of the start: what is asked for meanwhile starts at once.
const warm = async (functions: readonly LoadedFunction[]): Promise<void> => {
  for (const name of warmed) await functions.find(({ folder }) => folder === name)?.environments.warm();
};

/**
 * Starts Lambda and Step Functions, then the template's functions. Their processes take over the environment of this one,
 * so every service that they call has to be known by then.
 */
export const startCompute = async (computing: Computing, closing: Closing): Promise<readonly LoadedFunction[]> => {
  const { template, permissions, options } = computing;
  const { environment = {}, dataDir, logLevel = 'WARN' } = options;
  const byName = new Map<string, LocalFunction>();
  closing.add(() => Promise.all([...byName.values()].map(({ environments }) => environments.close())));
  await startLambda(byName, permissions, closing);
  await startStepFunctions(computing, closing);
  const temporary = await temporaryFolders(dataDir);
  const functions = await loadFunctions(template, {
    environment: {
      POWERTOOLS_METRICS_DISABLED: 'true',
      POWERTOOLS_LOG_LEVEL: logLevel,
      ...temporary,
      ...environment,
    },
    temporary: Object.values(temporary),
    credentialsOf: permissions?.credentialsOf,
  });
  for (const loaded of functions) byName.set(loaded.name, loaded);
  void warm(functions);
  return functions;
};
