import { Agent } from 'node:https';
import { CloudFormationClient, DescribeStacksCommand, type Output } from '@aws-sdk/client-cloudformation';
import { CommandFailure } from '#adapters/command-failure.ts';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { s3 } from '#adapters/s3-client.ts';
import type { RunningTarget } from './release-target.ts';

// The SDK makes agents of its own, which do not know of the proxy settings that hold for the rest of the process.
const throughProxy = () => ({ httpsAgent: new Agent({ keepAlive: true, proxyEnv: process.env }) });

const outputsOf = async (stack: string): Promise<readonly Output[]> => {
  const client = new CloudFormationClient({ requestHandler: throughProxy() });
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    return Stacks?.[0]?.Outputs ?? [];
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== 'ValidationError') throw cause;
    throw new CommandFailure(
      `there is no stack ${stack} in this account and region: check the name, AWS_PROFILE and AWS_REGION`,
      { cause },
    );
  } finally {
    client.destroy();
  }
};

const outputOf = (outputs: readonly Output[], stack: string, name: string): string => {
  const value = outputs.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
  if (value === undefined) {
    throw new CommandFailure(
      `the stack ${stack} has no output ${name}: is it this service, deployed with \`npm run deploy\`?`,
    );
  }
  return value;
};

/** A stack in the account and region of the standard AWS settings. @throws CommandFailure when it is not there */
export const awsTarget = async (stack: string): Promise<RunningTarget> => {
  const outputs = await outputsOf(stack);
  const requestHandler = throughProxy();
  return {
    description: `the stack ${stack}`,
    table: { client: dynamoDb({ requestHandler }), tableName: outputOf(outputs, stack, 'TableName') },
    s3: s3({ requestHandler }),
    bucket: outputOf(outputs, stack, 'ReleasesBucket'),
    api: outputOf(outputs, stack, 'ApiUrl'),
    option: ` --stack ${stack}`,
  };
};
