import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  paginateListExecutions,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import { failure, isErrorName, ServiceError } from '#domain/errors.ts';
import { eventSeconds } from '#domain/event.ts';
import type {
  MediaAttempt,
  MediaWorkflow,
  RunningMedia,
  TransitionRequest,
  Workflows,
} from '#domain/infra-env/workflow-ports.ts';
import type { Clock } from '#domain/ports.ts';
import { secondsAfter } from '#domain/time.ts';
import { hasOwnEndpoint } from './own-endpoint.ts';

export const stepFunctions = (): SFNClient => new SFNClient({ disableHostPrefix: hasOwnEndpoint('SFN') });

interface MediaMachine {
  readonly client: SFNClient;
  readonly prepareMediaArn: string;
}

interface StateMachines extends MediaMachine {
  readonly disconnectedTransitionArn: string;
  readonly clock: Clock;
}

/** What `disconnected-transition` is started with: text only, nothing secret. */
const transitionInput = (request: TransitionRequest, now: Date) => ({
  cluster_id: request.clusterId,
  infra_env_id: request.infraEnvId,
  pull_secret_id: request.pullSecretId,
  revision: String(request.revision),
  now: now.toISOString(),
  event_expires_at: String(secondsAfter(now, eventSeconds)),
  infra_env_expires_at: String(request.expiresAt),
});

/** One execution per revision and attempt: its name makes a second start of the same a no-op. */
const mediaExecutionName = ({ infraEnvId, revision, attempt = 0 }: MediaAttempt): string =>
  [infraEnvId, revision, ...(attempt === 0 ? [] : [attempt])].join('-');

const mediaExecution = (attempt: MediaAttempt) => ({
  name: mediaExecutionName(attempt),
  input: JSON.stringify({ infra_env_id: attempt.infraEnvId, revision: String(attempt.revision) }),
});

/** `arn:…:execution:<state machine>:<name>` of a Standard state machine. */
const executionArnOf = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

export const mediaWorkflow = ({ client, prepareMediaArn }: MediaMachine): MediaWorkflow => ({
  prepareMedia: async (request) => {
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn: prepareMediaArn, ...mediaExecution(request) }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  },

  mediaRun: async (request) => {
    const executionArn = executionArnOf(prepareMediaArn, mediaExecutionName(request));
    try {
      const { status, stopDate: failedAt } = await client.send(
        new DescribeExecutionCommand({ executionArn, includedData: 'METADATA_ONLY' }),
      );
      const isRunning = status === 'RUNNING';
      return isRunning || status === 'SUCCEEDED' || failedAt === undefined ? { isRunning } : { isRunning, failedAt };
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return undefined;
      throw error;
    }
  },
});

export const runningMedia = ({ client, prepareMediaArn: stateMachineArn }: MediaMachine): RunningMedia => ({
  oldestStart: async () => {
    let oldest: Date | undefined;
    // The latest come first.
    for await (const page of paginateListExecutions({ client }, { stateMachineArn, statusFilter: 'RUNNING' })) {
      oldest = page.executions?.at(-1)?.startDate ?? oldest;
    }
    return oldest;
  },
});

export const stateMachines = ({ clock, disconnectedTransitionArn, ...machine }: StateMachines): Workflows => ({
  ...mediaWorkflow(machine),

  markAsDisconnected: async (request, timeoutMs) => {
    const start = new StartSyncExecutionCommand({
      stateMachineArn: disconnectedTransitionArn,
      input: JSON.stringify(transitionInput(request, clock())),
    });
    const abortSignal = AbortSignal.timeout(timeoutMs);
    const pending = failure('TransitionPending', { id: request.clusterId });
    const execution = await machine.client.send(start, { abortSignal }).catch((error) => {
      throw abortSignal.aborted ? pending : error;
    });
    if (execution.status === 'SUCCEEDED') return;
    if (execution.status === 'TIMED_OUT') throw pending;
    const { error = '', cause = '' } = execution;
    throw isErrorName(error) ? new ServiceError(error, cause) : failure('InternalError');
  },
});
