import { describe, expect, test } from 'vitest';
import { type RawResource, readTemplate } from '#local/template/template.ts';

const resources: Record<string, RawResource> = {
  TableCD117FA1: { Type: 'AWS::DynamoDB::Table' },
  ArtifactsBucket82DD59A1: { Type: 'AWS::S3::Bucket' },
  PullSecretKey09E9FD7A: { Type: 'AWS::KMS::Key' },
  ImageTokenKey3F52777C: { Type: 'AWS::KMS::Key', Properties: { KeyUsage: 'GENERATE_VERIFY_MAC' } },
  ApiFunctionCE271BD4: { Type: 'AWS::Lambda::Function' },
  PrepareMedia265FB544: { Type: 'AWS::StepFunctions::StateMachine' },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage' },
};

const given = {
  keyArn: 'arn:aws:kms:us-east-1:000000000000:key/6f76652d',
  macKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/6d6163',
};

/** In place of what it says CloudFormation puts a value. */
const placeholder = (text: string): string => `$\{${text}}`;

/** What a property with this value becomes. */
const resolved = (value: unknown): unknown => {
  const subject = { Type: 'Subject', Properties: { value } };
  return readTemplate({ Resources: { ...resources, Subject: subject } }, given).ofType('Subject')[0]?.properties.value;
};

describe('a reference', () => {
  test.each([
    [{ Ref: 'TableCD117FA1' }, 'ove-ignition-table'],
    [{ Ref: 'ArtifactsBucket82DD59A1' }, 'ove-ignition-artifacts-bucket'],
    [{ Ref: 'Stage' }, 'Stage'],
    [{ Ref: 'AWS::AccountId' }, '000000000000'],
    [{ Ref: 'PrepareMedia265FB544' }, 'arn:aws:states:us-east-1:000000000000:stateMachine:ove-ignition-prepare-media'],
    [{ 'Fn::GetAtt': ['TableCD117FA1', 'Arn'] }, 'arn:aws:dynamodb:us-east-1:000000000000:table/ove-ignition-table'],
    [{ 'Fn::GetAtt': 'ArtifactsBucket82DD59A1.Arn' }, 'arn:aws:s3:::ove-ignition-artifacts-bucket'],
    [
      { 'Fn::GetAtt': ['ApiFunctionCE271BD4', 'Arn'] },
      'arn:aws:lambda:us-east-1:000000000000:function:ove-ignition-api-function',
    ],
    [{ 'Fn::GetAtt': ['PullSecretKey09E9FD7A', 'Arn'] }, given.keyArn],
    [{ 'Fn::GetAtt': ['ImageTokenKey3F52777C', 'Arn'] }, given.macKeyArn],
  ])('%j becomes what the resource is called here', (value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  test.each([
    [{ Ref: 'Nobody' }, 'nothing is called Nobody'],
    [{ 'Fn::GetAtt': ['TableCD117FA1', 'StreamArn'] }, 'TableCD117FA1 has no attribute StreamArn here'],
  ])('%j that leads nowhere is an error', (value, message) => {
    expect(() => resolved(value)).toThrow(message);
  });
});

describe('a text', () => {
  test.each([
    [{ 'Fn::Join': ['/', ['integrations', { Ref: 'Stage' }]] }, 'integrations/Stage'],
    [
      { 'Fn::Sub': ['Stage', 'AWS::Region', 'TableCD117FA1.Arn', '!Kept'].map(placeholder).join('-') },
      `Stage-us-east-1-arn:aws:dynamodb:us-east-1:000000000000:table/ove-ignition-table-${placeholder('Kept')}`,
    ],
    [{ 'Fn::Sub': [placeholder('Name'), { Name: { Ref: 'Stage' } }] }, 'Stage'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['-', 'a-b-c'] }] }, 'b'],
    [{ 'Fn::Select': ['0', ['x', 'y']] }, 'x'],
  ])('%j is put together', (value, expected) => {
    expect(resolved(value)).toBe(expected);
  });
});

test('values without a reference stay as they are, however deep', () => {
  const value = { list: [1, true, null, { Reference: 'Stage', Ref2: 'x' }], text: placeholder('Stage') };
  expect(resolved(value)).toEqual(value);
});

test('what nobody asks for need not be resolvable', () => {
  const half = { Type: 'Half', Properties: { broken: { Ref: 'Nobody' }, whole: { Ref: 'Stage' } } };
  const [found] = readTemplate({ Resources: { ...resources, half } }, given).ofType('Half');
  expect(found?.properties.whole).toBe('Stage');
});

test('a resource brings its metadata', () => {
  const Resources = { F: { Type: 'AWS::Lambda::Function', Metadata: { 'ove-ignition:function': 'api' } } };
  expect(readTemplate({ Resources }, given).ofType('AWS::Lambda::Function')).toMatchObject([
    { logicalId: 'F', ref: 'ove-ignition-f', metadata: { 'ove-ignition:function': 'api' } },
  ]);
});

test('an output has its value, and one that is not there is an error', () => {
  const template = readTemplate(
    { Resources: resources, Outputs: { TableName: { Value: { Ref: 'TableCD117FA1' } } } },
    given,
  );
  expect(template.output('TableName')).toBe('ove-ignition-table');
  expect(() => template.output('Other')).toThrow('there is no output Other');
});
