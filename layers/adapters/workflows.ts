import {
  ExecutionAlreadyExists,
  type SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import { failure, isErrorName, ServiceError } from '#domain/errors.ts';
import { eventSeconds } from '#domain/event.ts';
import type { Clock, MediaRequest, TransitionRequest, Workflows } from '#domain/ports.ts';
import { secondsAfter } from '#domain/time.ts';

interface StateMachines {
  readonly client: SFNClient;
  readonly disconnectedTransitionArn: string;
  readonly prepareMediaArn: string;
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

/** One execution per revision: its name makes a second start of the same a no-op. */
const mediaExecution = ({ infraEnvId, revision }: MediaRequest) => ({
  name: `${infraEnvId}-${revision}`,
  input: JSON.stringify({ infra_env_id: infraEnvId, revision: String(revision) }),
});

export const stateMachines = ({ client, clock, ...arns }: StateMachines): Workflows => ({
  markAsDisconnected: async (request) => {
    const execution = await client.send(
      new StartSyncExecutionCommand({
        stateMachineArn: arns.disconnectedTransitionArn,
        input: JSON.stringify(transitionInput(request, clock())),
      }),
    );
    if (execution.status === 'SUCCEEDED') return;
    const { error = '', cause = '' } = execution;
    throw isErrorName(error) ? new ServiceError(error, cause) : failure('InternalError');
  },

  prepareMedia: async (request) => {
    try {
      await client.send(
        new StartExecutionCommand({ stateMachineArn: arns.prepareMediaArn, ...mediaExecution(request) }),
      );
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  },
});
