import { describe, expect, it } from 'vitest';
import { owns } from '#domain/owner.ts';
import { aCluster, anInfraEnv } from '#test/fakes/records.ts';

const { id, owner } = anInfraEnv();

describe('whose an item is', () => {
  it('the user of that name owns it', () => {
    expect(owns({ ...owner, orgId: 'another' }, anInfraEnv())).toBe(true);
    expect(owns({ ...owner, userName: 'bob' }, anInfraEnv())).toBe(false);
  });

  it('the bearer of an image token owns the one infra-env, and nothing else of its owner', () => {
    const bearer = { ...owner, onlyInfraEnv: id };
    expect(owns(bearer, anInfraEnv())).toBe(true);
    expect(owns(bearer, anInfraEnv({ id: '44444444-4444-4444-8444-444444444444' }))).toBe(false);
    expect(owns(bearer, aCluster())).toBe(false);
  });

  it('the bearer owns it no more once it is of somebody else', () => {
    const other = anInfraEnv({ owner: { ...owner, userName: 'bob' } });
    expect(owns({ ...owner, onlyInfraEnv: id }, other)).toBe(false);
  });
});
