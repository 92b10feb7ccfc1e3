import { describe, expect, it } from 'vitest';
import { accessControl, callerOf } from '#emulators/iam/access-control.ts';
import { rightsOf } from '#emulators/iam/policy.ts';

const documentOf = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
const allowing = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

const bucket = 'arn:aws:s3:::artifacts';
const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/t';

const isAllowed = (
  statements: readonly object[],
  request: Parameters<ReturnType<typeof rightsOf>[number]['covers']>[0],
) => rightsOf([documentOf(...statements)]).some((right) => right.covers(request));

describe('a policy', () => {
  it.each<[string, unknown, unknown, string, string, boolean]>([
    ['the action on the resource', 's3:GetObject', `${bucket}/a`, 's3:GetObject', `${bucket}/a`, true],
    ['one of several', ['s3:PutObject', 's3:GetObject'], [bucket, `${bucket}/a`], 's3:GetObject', `${bucket}/a`, true],
    ['another action', 's3:GetObject', `${bucket}/a`, 's3:PutObject', `${bucket}/a`, false],
    ['another resource', 's3:GetObject', `${bucket}/a`, 's3:GetObject', `${bucket}/ab`, false],
    ['what a pattern covers', 's3:GetObject', `${bucket}/isos/*`, 's3:GetObject', `${bucket}/isos/a/b`, true],
    ['what is beside a pattern', 's3:GetObject', `${bucket}/isos/*`, 's3:GetObject', `${bucket}/clusters/a`, false],
    ['a dot for any sign', 's3:GetObject', `${bucket}/a.b`, 's3:GetObject', `${bucket}/aXb`, false],
    ['the bucket for its objects', 's3:GetObject', bucket, 's3:GetObject', `${bucket}/a`, false],
    ['the table for its index', 'dynamodb:Query', table, 'dynamodb:Query', `${table}/index/i`, false],
  ])('%s', (_, actions, resources, action, resource, expected) => {
    expect(isAllowed([allowing(actions, resources)], { action, resource })).toBe(expected);
  });

  it.each<[readonly string[] | undefined, boolean]>([
    [['infra-env#1'], true],
    [['infra-env#1', 'cluster#1'], false],
    [['cluster#1'], false],
    [undefined, false],
  ])('with a condition on the leading keys, for %j: %j', (keys, expected) => {
    const Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['infra-env#*'] } };
    const statements = [allowing('dynamodb:DeleteItem', table, { Condition })];
    const context = keys === undefined ? {} : { context: { 'dynamodb:LeadingKeys': keys } };
    expect(isAllowed(statements, { action: 'dynamodb:DeleteItem', resource: table, ...context })).toBe(expected);
  });

  it.each([
    [{ Effect: 'Deny' }],
    [{ NotAction: 's3:GetObject' }],
    [{ NotResource: bucket }],
    [{ Principal: '*' }],
    [{ Condition: { StringEquals: { 'aws:SourceAccount': '1' } } }],
  ])('with %j is not judged: nothing is passed over', (more) => {
    expect(() => rightsOf([documentOf(allowing('s3:GetObject', bucket, more))])).toThrow();
  });
});

describe('access control', () => {
  const request = { action: 's3:GetObject', resource: `${bucket}/a` };
  const rights = rightsOf([documentOf(allowing(['s3:GetObject', 's3:PutObject'], `${bucket}/*`))]);

  it('says why, in the words of IAM, and which right was needed', () => {
    const access = accessControl('owner');
    expect(access.knows('role')).toBe(false);
    access.learn(new Map([['role', rights]]));
    expect(access.refusal('owner', { action: 'x:Y', resource: '*' })).toBeUndefined();
    expect(access.refusal('role', request)).toBeUndefined();
    expect(access.refusal('role', { ...request, action: 's3:DeleteObject' })).toBe(
      'User: arn:aws:sts::000000000000:assumed-role/role is not authorized to perform: s3:DeleteObject on resource: ' +
        'arn:aws:s3:::artifacts/a because no identity-based policy allows the s3:DeleteObject action',
    );
    expect(access.refusal('stranger', request)).toContain('assumed-role/stranger is not authorized');
    expect(access.rights().map(({ action, used }) => [action, used])).toEqual([
      ['s3:GetObject', true],
      ['s3:PutObject', false],
    ]);
  });

  it.each([
    [
      { authorization: 'AWS4-HMAC-SHA256 Credential=role/20260101/us-east-1/kms/aws4_request, SignedHeaders=host' },
      'role',
    ],
    [{ authorization: 'Bearer Credential' }, ''],
    [{}, ''],
  ])('knows the caller of %j by the access key id', (headers, caller) => {
    expect(callerOf(headers)).toBe(caller);
  });
});
