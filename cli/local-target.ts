import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { CommandFailure } from '#adapters/command-failure.ts';
import { dynamoDb } from '#adapters/dynamodb-client.ts';
import { s3 } from '#adapters/s3-client.ts';
import { type RunningTarget, usualData } from './release-target.ts';

/** What the local stack writes into its data folder while it runs. */
const stackFile = z.object({
  endpoints: z.object({ dynamodb: z.url(), s3: z.url() }),
  region: z.string(),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  outputs: z.object({ ApiUrl: z.url(), TableName: z.string(), ReleasesBucket: z.string() }),
});

const parse = (path: string, text: string): z.infer<typeof stackFile> => {
  try {
    return stackFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new CommandFailure(
      `${path} is not what the local stack writes: stop it and start it again with \`npm start\``,
      {
        cause,
      },
    );
  }
};

/** The local stack that runs on this data folder. @throws CommandFailure when none does */
export const localTarget = async (data: string): Promise<RunningTarget> => {
  const path = join(data, 'stack.json');
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new CommandFailure(
      `the local stack is not running (no ${path}): start it with \`npm start\`, or name a deployed one with --stack`,
      { cause },
    );
  });
  const { endpoints, region, credentials, outputs } = parse(path, text);
  const config = { region, credentials };
  return {
    description: `the local stack in ${data}`,
    table: { client: dynamoDb({ ...config, endpoint: endpoints.dynamodb }), tableName: outputs.TableName },
    s3: s3({ ...config, endpoint: endpoints.s3, forcePathStyle: true }),
    bucket: outputs.ReleasesBucket,
    api: outputs.ApiUrl,
    option: data === usualData ? '' : ` --data ${data}`,
  };
};
