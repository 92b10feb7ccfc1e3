import { describe, expect, it } from 'vitest';
import { callerOf } from '#runtime/caller.ts';

const role = 'arn:aws:sts::123456789012:assumed-role/Installer';

describe('the caller', () => {
  it.each([
    [
      'username',
      { username: 'ann', org_id: '7', email: 'ann@example.org' },
      { userName: 'ann', orgId: '7', emailDomain: 'example.org' },
    ],
    ['preferred_username', { preferred_username: 'bob' }, { userName: 'bob', orgId: '', emailDomain: 'Unknown' }],
    [
      'the first name that is there',
      { username: '', preferred_username: 'cy' },
      { userName: 'cy', orgId: '', emailDomain: 'Unknown' },
    ],
  ])('of a JSON Web Token is named by %s', (_, claims, owner) => {
    expect(callerOf({ jwt: { claims } })).toEqual(owner);
  });

  it.each([
    ['a user', 'arn:aws:iam::123456789012:user/ann', 'arn:aws:iam::123456789012:user/ann'],
    ['a session of a role', `${role}/ann-laptop`, role],
    ['another session of that role', `${role}/ann-desktop`, role],
  ])('of an IAM signature is %s', (_, userArn, userName) => {
    expect(callerOf({ iam: { userArn, accountId: '123456789012' } }).userName).toBe(userName);
  });

  it.each([
    ['no authorizer', undefined],
    ['an empty one', {}],
    ['null', null],
    ['claims without a name', { jwt: { claims: { email: 'x@y' } } }],
    ['a name that is no text', { jwt: { claims: { username: 7 } } }],
    ['a name that no key has room for', { jwt: { claims: { username: 'ä'.repeat(1_001) } } }],
    ['an IAM principal without ARN', { iam: {} }],
  ])('is refused with %s', (_, authorizer) => {
    expect(() => callerOf(authorizer)).toThrow('unauthenticated for invalid credentials');
  });
});
