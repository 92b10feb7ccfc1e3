import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { failure, isErrorName, ServiceError } from '#domain/errors.ts';
import type { GenerateArtifact } from '#domain/infra-env/artifact-ports.ts';
import type { JudgeSettings } from '#domain/infra-env/infra-env-ports.ts';
import type { ReadAdminFiles } from '#domain/installation/site-credentials.ts';

interface IgnitionFunction {
  readonly client: LambdaClient;
  readonly functionName: string;
}

export const ignitionTarget = (functionName: string): IgnitionFunction => ({
  client: new LambdaClient({}),
  functionName,
});

/** What the function answers, or what Lambda answers when it has thrown. */
interface Payload {
  readonly superseded?: unknown;
  readonly errorType?: unknown;
  readonly errorMessage?: unknown;
}

const toFailure = ({ errorType, errorMessage }: Payload): ServiceError =>
  typeof errorType === 'string' && isErrorName(errorType)
    ? new ServiceError(errorType, String(errorMessage))
    : failure('InternalError');

/** How Lambda refuses to call a function that it has put aside after weeks without a call, and is preparing again. */
const notReady = ['CodeArtifactUserPendingException', 'ResourceConflictException', 'ResourceNotReadyException'];

/** It is ready after 40 to 110 seconds. */
const retryAfterSeconds = 30;

const refusal = (error: unknown): unknown =>
  error instanceof Error && notReady.includes(error.name)
    ? failure('IgnitionFunctionNotReady', { retryAfterSeconds })
    : error;

interface Invocation {
  readonly request: object;
  readonly timeoutMs: number;
  /** What it is called when the time is up. */
  readonly late: () => ServiceError;
}

/**
 * Invokes the function and waits for it; what it throws arrives here under the same name.
 *
 * @throws IgnitionFunctionNotReady while Lambda prepares it
 */
const invoke = async (
  { client, functionName }: IgnitionFunction,
  { request, timeoutMs, late }: Invocation,
): Promise<Payload> => {
  const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) });
  const abortSignal = AbortSignal.timeout(Math.max(timeoutMs, 0));
  const answer = await client.send(command, { abortSignal }).catch((error) => {
    throw abortSignal.aborted ? late() : refusal(error);
  });
  const payload: Payload = JSON.parse(answer.Payload?.transformToString() ?? '{}');
  if (answer.FunctionError !== undefined) throw toFailure(payload);
  return payload;
};

/** Has the ignition function generate what lies in the bucket afterwards. */
export const ignitionFunction =
  (target: IgnitionFunction): GenerateArtifact =>
  async ({ infraEnvId, revision, file }, timeoutMs) => {
    const request = { infra_env_id: infraEnvId, revision, file };
    const { superseded } = await invoke(target, { request, timeoutMs, late: () => failure('GenerationPending') });
    return superseded === true ? 'superseded' : 'generated';
  };

const judgement = z.object({
  networks: z.array(z.object({ host: z.int(), reason: z.string() })),
  override: z.string().optional(),
});

/** Has the ignition function, whose image holds nmstatectl and ignition-validate, judge settings. */
export const settingsJudge =
  (target: IgnitionFunction): JudgeSettings =>
  async ({ networks, override }, timeoutMs) => {
    const request = {
      static_network_config: networks.map((document) => ({ network_yaml: document })),
      ignition_config_override: override,
    };
    const settings = networks.length === 0 ? 'ignition_config_override' : 'static_network_config';
    const late = () => failure('SettingsCheckUnavailable', { settings, goesOn: networks.length > 0 });
    return judgement.parse(await invoke(target, { request, timeoutMs, late }));
  };

const adminFiles = z.object({
  admin_files: z.object({ kubeconfig: z.string(), 'kubeadmin-password': z.string() }).optional(),
});

/** Has the ignition function, which alone may decrypt, read what the administrator of a site needs. */
export const adminFilesReader =
  (target: IgnitionFunction): ReadAdminFiles =>
  async (infraEnvId, timeoutMs) => {
    const late = () => failure('GenerationPending');
    const answer = await invoke(target, { request: { admin_files_of: infraEnvId }, timeoutMs, late });
    return adminFiles.parse(answer).admin_files;
  };
