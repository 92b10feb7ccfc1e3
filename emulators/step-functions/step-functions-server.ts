import type { Server } from 'node:http';
import * as z from 'zod';
import { awsJsonServer, type Operations } from '../http/aws-json.ts';
import { parameters } from '../http/parameters.ts';
import type { AccessControl } from '../iam/access-control.ts';
import { iamGuard } from '../iam/guard.ts';
import type { Execution } from './executions.ts';
import type { StepFunctions } from './step-functions.ts';

const startSchema = z.object({
  stateMachineArn: z.string(),
  name: z.string().optional(),
  input: z.string().optional(),
});
const listSchema = z.object({ stateMachineArn: z.string(), statusFilter: z.literal('RUNNING') });
const describeSchema = z.object({ executionArn: z.string() });

const seconds = (date: Date): number => date.getTime() / 1000;

const description = ({ outcome, stopDate, ...execution }: Execution) => ({
  executionArn: execution.executionArn,
  stateMachineArn: execution.stateMachineArn,
  name: execution.name,
  input: execution.input,
  startDate: seconds(execution.startDate),
  ...(stopDate === undefined ? {} : { stopDate: seconds(stopDate) }),
  ...(outcome ?? { status: 'RUNNING' }),
});

const named = z.looseObject({ stateMachineArn: z.string().optional(), executionArn: z.string().optional() });

const requestOf = (operation: string, input: unknown) => {
  const { stateMachineArn, executionArn = '' } = parameters(named, input);
  return { action: `states:${operation}`, resource: stateMachineArn ?? executionArn };
};

/** Step Functions' API: StartExecution, StartSyncExecution, DescribeExecution, and ListExecutions of running ones. */
export const stepFunctionsServer = (service: StepFunctions, access?: AccessControl): Server => {
  const operations: Operations = {
    StartExecution: async (input) => {
      const { executionArn, startDate } = await service.start(parameters(startSchema, input));
      return { executionArn, startDate: seconds(startDate) };
    },
    StartSyncExecution: async (input) => description(await service.startSync(parameters(startSchema, input))),
    ListExecutions: async (input) => ({
      executions: service.running(parameters(listSchema, input).stateMachineArn).map(description),
    }),
    DescribeExecution: async (input) => description(service.describe(parameters(describeSchema, input).executionArn)),
  };
  return awsJsonServer('AWSStepFunctions', operations, iamGuard(access, requestOf));
};
