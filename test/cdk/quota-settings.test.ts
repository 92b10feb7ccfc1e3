import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesize } from './template.ts';

/** The variables of all functions about quotas. */
const quotasWith = (context: Readonly<Record<string, string>>): object => {
  const functions = resourcesOf(synthesize(context), 'AWS::Lambda::Function');
  const variables = functions.flatMap(([, { Properties }]) => Object.entries(Properties.Environment.Variables));
  return Object.fromEntries(variables.filter(([name]) => name.includes('PER_USER')));
};

describe('how much each user may have', () => {
  it('has an end unless a deployment says otherwise', () => {
    expect(quotasWith({})).toEqual({
      CLUSTERS_PER_USER: '1000',
      INFRA_ENVS_PER_USER: '1000',
      COMPOSITIONS_PER_USER_AND_HOUR: '100',
    });
  });

  it('is what a deployment says; 0 is any number', () => {
    const chosen = { clustersPerUser: '0', infraEnvsPerUser: '25', compositionsPerUserAndHour: '5000' };
    expect(quotasWith(chosen)).toEqual({
      CLUSTERS_PER_USER: '0',
      INFRA_ENVS_PER_USER: '25',
      COMPOSITIONS_PER_USER_AND_HOUR: '5000',
    });
  });

  it.each([
    { infraEnvsPerUser: '-1' },
    { infraEnvsPerUser: '' },
    { clustersPerUser: 'many' },
    { clustersPerUser: '1.5' },
    { compositionsPerUserAndHour: '5001' },
  ])('is refused by its name where it is not such a number: %j', (context) => {
    const [name = ''] = Object.keys(context);
    expect(() => synthesize(context)).toThrow(new RegExp(`context is not usable:[^]*at ${name}`));
  });
});
