import { awsTarget } from './aws-target.ts';
import { localTarget } from './local-target.ts';
import type { RunningTarget, TargetChoice } from './release-target.ts';

/**
 * The stack that the operator chose: the local one unless a deployed one is named, so that nobody changes a deployed
 * service by having credentials at hand and the local stack stopped.
 *
 * @throws CommandFailure
 */
export const findTarget = ({ stack, data }: TargetChoice): Promise<RunningTarget> =>
  stack === undefined ? localTarget(data) : awsTarget(stack);
