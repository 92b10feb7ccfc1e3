import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { releaseStore } from '#adapters/release-store.ts';
import { failureLine } from '#cli/failure-line.ts';
import { findTarget } from '#cli/find-target.ts';
import { listen } from '#emulators/http/listen.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { localStack } from './local-stack.ts';

const stack = await localStack();

const failureOf = (choice: Parameters<typeof findTarget>[0]) => findTarget(choice).then(() => '', failureLine);

describe('the local stack', () => {
  it('is found by what it writes into its data folder', async () => {
    const target = await findTarget({ data: stack.data });
    expect(target).toMatchObject({ description: `the local stack in ${stack.data}`, bucket: 'releases' });
    expect(await releaseStore(target.table).all()).toEqual([]);
  });

  it('has to run', async () => {
    const data = await temporaryFolder();
    expect(await failureOf({ data })).toBe(
      `release: the local stack is not running (no ${join(data, 'stack.json')}): start it with \`npm start\`, ` +
        'or name a deployed one with --stack',
    );
  });

  it.each(['', '{}', '{"endpoints":{"dynamodb":"x","s3":"y"}}'])('is not what left %j behind', async (content) => {
    const data = join(await temporaryFolder(), 'data');
    await mkdir(data);
    await writeFile(join(data, 'stack.json'), content);
    expect(await failureOf({ data })).toContain('is not what the local stack writes: stop it and start it again');
  });

  it('that was killed and left its file behind is told of', async () => {
    const data = await temporaryFolder();
    const gone = 'http://127.0.0.1:1';
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const outputs = { ApiUrl: gone, TableName: 't', ReleasesBucket: 'b' };
    const content = { endpoints: { dynamodb: gone, s3: gone }, region: 'us-east-1', credentials, outputs };
    await writeFile(join(data, 'stack.json'), JSON.stringify(content));
    const { table } = await findTarget({ data });
    expect(await releaseStore(table).all().catch(failureLine)).toMatch(
      /ECONNREFUSED.*is it running\? Start the local stack with `npm start`/,
    );
  });
});

describe('a deployed stack', () => {
  /** CloudFormation, as much as the command asks of it. */
  const givenCloudFormation = async (outputs: Readonly<Record<string, string>>) => {
    const members = Object.entries(outputs).map(
      ([name, value]) => `<member><OutputKey>${name}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    const described = `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>OveIgnition</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
    const absent =
      '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id Other does not exist</Message></Error></ErrorResponse>';
    const server = createServer(async (request, response) => {
      const asked = new URLSearchParams(await text(request));
      const known = asked.get('Action') === 'DescribeStacks' && asked.get('StackName') === 'OveIgnition';
      response.writeHead(known ? 200 : 400, { 'content-type': 'text/xml' }).end(known ? described : absent);
    });
    const { endpoint, close } = await listen(server);
    onTestFinished(close);
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', endpoint);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local-secret');
  };
  afterEach(() => vi.unstubAllEnvs());

  const outputs = { ApiUrl: 'https://api', TableName: 'table', ArtifactsBucket: 'a', ReleasesBucket: 'r' };

  it('is found by its name, through its outputs', async () => {
    await givenCloudFormation(outputs);
    const target = await findTarget({ stack: 'OveIgnition', data: '.local' });
    expect(target).toMatchObject({ description: 'the stack OveIgnition', table: { tableName: 'table' }, bucket: 'r' });
  });

  it('that is not there is told of', async () => {
    await givenCloudFormation(outputs);
    expect(await failureOf({ stack: 'Other', data: '.local' })).toBe(
      'release: there is no stack Other in this account and region: check the name, AWS_PROFILE and AWS_REGION',
    );
  });

  it('of another kind is told of', async () => {
    await givenCloudFormation({ ApiUrl: 'https://api' });
    expect(await failureOf({ stack: 'OveIgnition', data: '.local' })).toContain('has no output');
  });

  it('needs a region and credentials', async () => {
    await givenCloudFormation(outputs);
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    vi.stubEnv('AWS_REGION', undefined);
    expect(await failureOf({ stack: 'OveIgnition', data: '.local' })).toBe(
      'release: Region is missing: set AWS_REGION',
    );
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    expect(await failureOf({ stack: 'OveIgnition', data: '.local' })).toMatch(/credentials.*set AWS_PROFILE/);
  });
});
