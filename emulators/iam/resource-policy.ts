import * as z from 'zod';
import { accountId, partition } from '../account.ts';
import { type AccessRequest, matcher, oneOrMore } from './policy.ts';

/** What a bucket or a key says itself of calls by roles of the account. */
export interface ResourcePolicy {
  readonly denies: (request: AccessRequest) => boolean;
  /** Whether it leaves the call to the policies of roles, as a key has to. */
  readonly delegates: (request: AccessRequest) => boolean;
}

/** By the ARN of what they belong to. */
export type ResourcePolicies = ReadonlyMap<string, readonly ResourcePolicy[]>;

const values = z.record(z.string(), z.union([z.string(), z.number()]).transform(String));

const common = { Sid: z.string().optional(), Action: oneOrMore, Resource: oneOrMore };

// Strict, as the policies of roles are read: what is not judged here ends the start.
const denial = z.strictObject({
  ...common,
  Effect: z.literal('Deny'),
  Principal: z.union([z.literal('*'), z.strictObject({ AWS: z.literal('*') })]),
  Condition: z.strictObject({ Bool: values.optional(), NumericLessThan: values.optional() }).optional(),
});

/** To the account itself, which leaves the decision to its roles' policies. */
const delegation = z.strictObject({
  ...common,
  Effect: z.literal('Allow'),
  Principal: z.strictObject({ AWS: z.literal(`arn:${partition}:iam::${accountId}:root`) }),
});

const document = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(z.discriminatedUnion('Effect', [denial, delegation])),
});

type Denial = z.infer<typeof denial>;
type Holds = (given: string, wanted: string) => boolean;

const operators = {
  Bool: (given, wanted) => given.toLowerCase() === wanted.toLowerCase(),
  NumericLessThan: (given, wanted) => Number(given) < Number(wanted),
} satisfies Record<string, Holds>;

/** Every key of every operator; a call that has no value of a key does not fulfil it. */
const conditionHolds = (condition: Denial['Condition'] = {}, { context = {} }: AccessRequest): boolean =>
  Object.entries(operators).every(([name, holds]) =>
    Object.entries(condition[name as keyof typeof operators] ?? {}).every(
      ([key, wanted]) => context[key]?.some((given) => holds(given, wanted)) ?? false,
    ),
  );

const covers = ({ Action, Resource }: Pick<Denial, 'Action' | 'Resource'>) => {
  const [actions, resources] = [Action.map(matcher), Resource.map(matcher)];
  return ({ action, resource }: AccessRequest): boolean =>
    actions.some((matches) => matches(action)) && resources.some((matches) => matches(resource));
};

/**
 * @param given as CloudFormation has it, every reference put in
 * @throws ZodError for what is not judged here, e.g. an Allow for anybody but the account
 */
export const resourcePolicyOf = (given: unknown): ResourcePolicy => {
  const { Statement } = document.parse(given);
  const statements = Statement.map((each) => {
    const matches = covers(each);
    const condition = each.Effect === 'Deny' ? each.Condition : undefined;
    const applies = (request: AccessRequest) => matches(request) && conditionHolds(condition, request);
    return { effect: each.Effect, applies };
  });
  const some = (wanted: 'Allow' | 'Deny') => (request: AccessRequest) =>
    statements.some(({ effect, applies }) => effect === wanted && applies(request));
  return { denies: some('Deny'), delegates: some('Allow') };
};

/** A key of KMS is used by nobody whom its own policy does not let; to a bucket of the same account the role's does. */
const needsDelegation = ({ resource }: AccessRequest): boolean => resource.startsWith(`arn:${partition}:kms:`);

/** An object has the policy of its bucket. */
const policiesFor = (policies: ResourcePolicies, { resource }: AccessRequest): readonly ResourcePolicy[] =>
  policies.get(resource) ?? policies.get(resource.split('/')[0] ?? '') ?? [];

/** How IAM's sentence about a refused call goes on; undefined when the resource's own policies do not refuse it. */
export const resourceRefusal = (policies: ResourcePolicies, request: AccessRequest): string | undefined => {
  const own = policiesFor(policies, request);
  if (own.some(({ denies }) => denies(request))) return 'with an explicit deny in a resource-based policy';
  if (!needsDelegation(request) || own.every(({ delegates }) => delegates(request))) return undefined;
  return `because no resource-based policy allows the ${request.action} action`;
};
