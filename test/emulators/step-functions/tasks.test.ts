import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { functionOf, neverAnswering } from '#test/local/functions.ts';
import { table } from '#test/local/table.ts';
import { access, invoking, oneTask, runningStepFunctions } from './running-step-functions.ts';

const { functions, dynamoDb, runSync } = await runningStepFunctions();
const unreachable = new DynamoDBClient({ ...access, endpoint: 'http://127.0.0.1:1' });

const doing = (operation: string, parameters: object = {}, integration = 'dynamodb') =>
  oneTask(`arn:aws:states:::${integration}:${operation}`, {
    TableName: table.ref,
    Key: { pk: { 'S.$': '$.id' }, sk: { S: 'x' } },
    ...parameters,
  });

const putting = (parameters: object = {}, integration = 'dynamodb') =>
  oneTask(`arn:aws:states:::${integration}:putItem`, {
    TableName: table.ref,
    Item: { pk: { 'S.$': '$.id' }, sk: { S: 'x' }, count: { N: '1' } },
    ...parameters,
  });

describe('a task on DynamoDB', () => {
  test('reads, writes, changes and deletes an item of the real table', async () => {
    const id = 'written';
    expect((await runSync(putting(), { id })).status).toBe('SUCCEEDED');
    const change = {
      UpdateExpression: 'ADD #c :one',
      ExpressionAttributeNames: { '#c': 'count' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'UPDATED_NEW',
    };
    expect((await runSync(doing('updateItem', change), { id })).output.Attributes).toEqual({ count: { N: '2' } });
    expect((await runSync(doing('getItem'), { id })).output.Item).toMatchObject({ count: { N: '2' } });
    expect((await runSync(doing('deleteItem'), { id })).status).toBe('SUCCEEDED');
    const Key = { pk: { S: id }, sk: { S: 'x' } };
    expect((await dynamoDb.send(new GetItemCommand({ TableName: table.ref, Key }))).Item).toBeUndefined();
  });

  test('gives the metadata of the call with the optimised integration alone', async () => {
    const optimised = (await runSync(doing('getItem'), { id: 'absent' })).output;
    expect(Object.keys(optimised).toSorted()).toEqual(['SdkHttpMetadata', 'SdkResponseMetadata']);
    expect(optimised.SdkHttpMetadata.HttpStatusCode).toBe(200);
    expect((await runSync(doing('getItem', {}, 'aws-sdk:dynamodb'), { id: 'absent' })).output).toEqual({});
  });

  test.each([
    ['dynamodb', 'DynamoDB.ConditionalCheckFailedException'],
    ['aws-sdk:dynamodb', 'DynamoDb.ConditionalCheckFailedException'],
  ])('by %s fails on a condition as %s', async (integration, error) => {
    const condition = { ConditionExpression: 'attribute_exists(pk)' };
    expect(await runSync(putting(condition, integration), { id: 'absent' })).toMatchObject({ status: 'FAILED', error });
  });

  test.each([
    ['dynamodb', 'DynamoDB.AmazonDynamoDBException'],
    ['aws-sdk:dynamodb', 'DynamoDb.DynamoDbException'],
  ])('by %s fails on what DynamoDB does not understand as %s', async (integration, error) => {
    expect(await runSync(putting({ ConditionExpression: '???' }, integration), { id: 'x' })).toMatchObject({ error });
  });

  test('fails as SdkClientException when DynamoDB cannot be reached', async () => {
    expect(await runSync(putting(), { id: 'x' }, unreachable)).toMatchObject({ error: 'DynamoDB.SdkClientException' });
  });

  test('fails as ResourceNotFoundException without its table', async () => {
    expect(await runSync(putting({ TableName: 'nowhere' }), { id: 'x' })).toMatchObject({
      error: 'DynamoDB.ResourceNotFoundException',
    });
  });
});

describe('a task on a function', () => {
  test('gives its result as Payload, with the status of the call', async () => {
    functions.set(
      'greet',
      functionOf((event) => ({ event })),
    );
    const { output } = await runSync(invoking(), { name: 'ada' });
    expect(output).toMatchObject({ Payload: { event: { name: 'ada' } }, StatusCode: 200, ExecutedVersion: '$LATEST' });
  });

  test('fails under the name of what the function threw, with the whole answer as cause', async () => {
    functions.set(
      'greet',
      functionOf(() => {
        throw Object.assign(new Error('not here'), { name: 'InstallerMissing' });
      }),
    );
    const { error, cause } = await runSync(invoking(), { name: 'ada' });
    expect(error).toBe('InstallerMissing');
    expect(JSON.parse(cause ?? '')).toEqual({ errorType: 'InstallerMissing', errorMessage: 'not here' });
  });

  test('fails as Sandbox.Timedout when the function takes too long', async () => {
    functions.set('greet', functionOf(neverAnswering, { timeoutSeconds: 0.05 }));
    expect(await runSync(invoking(), { name: 'ada' })).toMatchObject({ error: 'Sandbox.Timedout' });
  });

  test('fails as States.Timeout when the task takes longer than it may, which a Catch may take', async () => {
    functions.set('greet', functionOf(neverAnswering, { timeoutSeconds: 2 }));
    const limited = invoking({
      TimeoutSeconds: 1,
      Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: '$.error', Next: 'Late' }],
    });
    const definition = {
      ...limited,
      States: { ...limited.States, Late: { Type: 'Pass', OutputPath: '$.error.Error', End: true } },
    };
    expect((await runSync(definition, { name: 'ada' })).output).toBe('States.Timeout');
  });

  test('fails as Lambda.ResourceNotFoundException without the function', async () => {
    functions.delete('greet');
    expect(await runSync(invoking(), { name: 'ada' })).toMatchObject({ error: 'Lambda.ResourceNotFoundException' });
  });
});
