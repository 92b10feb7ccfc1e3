import { describe, expect, it } from 'vitest';
import { accessControl } from '#emulators/iam/access-control.ts';
import { type AccessRequest, rightsOf } from '#emulators/iam/policy.ts';
import { resourcePolicyOf } from '#emulators/iam/resource-policy.ts';
import { needCheck, reads } from '#emulators/s3/s3-permissions.ts';
import { resourcePoliciesOf } from '#local/roles.ts';
import { readTemplate } from '#local/template/template.ts';
import { synthesize } from '#test/cdk/template.ts';

const bucket = 'arn:aws:s3:::artifacts';
const key = 'arn:aws:kms:us-east-1:000000000000:key/k';
const account = { AWS: 'arn:aws:iam::000000000000:root' };

const documentOf = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const denying = (Condition: object, Action: unknown = 's3:*') => ({
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action,
  Resource: [bucket, `${bucket}/*`],
  Condition,
});
const delegating = { Effect: 'Allow', Principal: account, Action: 'kms:*', Resource: '*' };

const withoutTls = denying({ Bool: { 'aws:SecureTransport': 'false' } });
const withOldTls = denying({ NumericLessThan: { 's3:TlsVersion': 1.2 } });

/** What a role that its own policies allow everything is told. */
const refusal = (request: AccessRequest, policies: Readonly<Record<string, object>>) => {
  const access = accessControl('owner');
  const all = ['s3:GetObject', 'kms:Decrypt'].map((Action) => ({ Effect: 'Allow', Action, Resource: '*' }));
  const own = Object.entries(policies).map(([arn, document]) => [arn, [resourcePolicyOf(document)]] as const);
  access.learn(new Map([['role', rightsOf([documentOf(...all)])]]), new Map(own));
  return access.refusal('role', request);
};

const reading = { action: 's3:GetObject', resource: `${bucket}/a` };
const over = (secure: string, version: string) => ({
  context: { 'aws:SecureTransport': [secure], 's3:TlsVersion': [version] },
});

describe('the policy of a bucket', () => {
  it.each([
    ['by TLS 1.2', over('true', '1.2'), undefined],
    ['by TLS 1.1', over('true', '1.1'), /with an explicit deny in a resource-based policy$/],
    ['by plain HTTP', over('false', '1.3'), /with an explicit deny/],
    ['in a way that is not said', {}, undefined],
  ])('is asked about an object, %s', (_, how, expected) => {
    const told = refusal({ ...reading, ...how }, { [bucket]: documentOf(withoutTls, withOldTls) });
    if (expected === undefined) expect(told).toBeUndefined();
    else expect(told).toMatch(expected);
  });

  it('is not asked about another bucket or action', () => {
    const policies = { [bucket]: documentOf(denying({}, 's3:PutObject')) };
    expect(refusal(reading, policies)).toBeUndefined();
    expect(refusal({ ...reading, resource: `${bucket}-2/a` }, { [bucket]: documentOf(denying({})) })).toBeUndefined();
    expect(refusal(reading, { [bucket]: documentOf(denying({})) })).toMatch(/explicit deny/);
  });

  it('hears from S3 that each call comes by TLS', () => {
    const access = accessControl('owner');
    access.learn(
      new Map([['role', rightsOf([documentOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: `${bucket}/*` })])]]),
      new Map([[bucket, [resourcePolicyOf(documentOf(denying({ Bool: { 'aws:SecureTransport': 'true' } })))]]]),
    );
    const check = needCheck({ access, encryptionKeys: new Map() }, 'role');
    expect(() => check(reads, { bucket: 'artifacts', key: 'a' })).toThrow(/explicit deny/);
  });
});

describe('the policy of a key', () => {
  const decrypting = { action: 'kms:Decrypt', resource: key };

  it.each([
    ['leaves everything to the account', documentOf(delegating), undefined],
    ['leaves another action to it', documentOf({ ...delegating, Action: 'kms:Encrypt' }), /no resource-based policy/],
    ['says nothing', documentOf(), /because no resource-based policy allows the kms:Decrypt action$/],
  ])('that %s decides besides those of roles', (_, document, expected) => {
    const told = refusal(decrypting, { [key]: document });
    if (expected === undefined) expect(told).toBeUndefined();
    else expect(told).toMatch(expected);
  });
});

it.each([
  [{ Principal: { AWS: 'arn:aws:iam::000000000000:role/other' } }],
  [{ Principal: { Service: 'logs.amazonaws.com' } }],
  [{ Condition: { StringEquals: { 'kms:ViaService': 's3' } } }],
  [{ NotAction: 'kms:Decrypt' }],
])('a statement with %j is not judged: nothing is passed over', (more) => {
  expect(() => resourcePolicyOf(documentOf({ ...delegating, ...more }))).toThrow();
});

it('every key and bucket of the template has a policy that is judged', () => {
  const given = { keyArn: 'arn:aws:kms:::key/a', macKeyArn: 'arn:aws:kms:::key/b' };
  const template = readTemplate(synthesize().toJSON() as Parameters<typeof readTemplate>[0], given);
  const policies = resourcePoliciesOf(template);
  const owned = ['AWS::KMS::Key', 'AWS::S3::Bucket'].flatMap((type) => template.ofType(type).map(({ arn }) => arn));
  expect([...policies.keys()].toSorted()).toEqual([...new Set(owned)].toSorted());
});
