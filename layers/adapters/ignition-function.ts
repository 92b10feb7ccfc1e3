import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { failure, isErrorName, ServiceError } from '#domain/errors.ts';
import type { GenerateIgnition } from '#domain/ports.ts';

interface IgnitionFunction {
  readonly client: LambdaClient;
  readonly functionName: string;
}

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

/** Invokes the ignition function and waits for it; what it throws arrives here under the same name. */
export const ignitionFunction =
  ({ client, functionName }: IgnitionFunction): GenerateIgnition =>
  async ({ infraEnvId, revision }, timeoutMs) => {
    const command = new InvokeCommand({
      FunctionName: functionName,
      Payload: JSON.stringify({ infra_env_id: infraEnvId, revision }),
    });
    const abortSignal = AbortSignal.timeout(Math.max(timeoutMs, 0));
    const answer = await client.send(command, { abortSignal }).catch((error) => {
      throw abortSignal.aborted ? failure('GenerationPending') : error;
    });
    const payload: Payload = JSON.parse(answer.Payload?.transformToString() ?? '{}');
    if (answer.FunctionError !== undefined) throw toFailure(payload);
    return payload.superseded === true ? 'superseded' : 'generated';
  };
