import * as z from 'zod';

/** A call of a service, as policies name it. */
export interface AccessRequest {
  /** E.g. `s3:GetObject`. */
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  /** Values of condition keys that this call has. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** One action on one resource, as a statement of a policy allows it. */
export interface Right {
  readonly action: string;
  readonly resource: string;
  readonly covers: (request: AccessRequest) => boolean;
}

/** A text or several, as policies have both. */
export const oneOrMore = z.union([z.string().transform((text) => [text]), z.array(z.string())]);

// Strict: what is not judged here (Deny, NotAction, another condition) ends the start instead of being passed over.
const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.literal('Allow'),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: z.strictObject({ 'ForAllValues:StringLike': z.record(z.string(), oneOrMore) }).optional(),
});

const policyDocument = z.strictObject({ Version: z.literal('2012-10-17'), Statement: z.array(statement) });

type Statement = z.infer<typeof statement>;
type Matches = (text: string) => boolean;

/** `*` stands for any characters, `?` for one. */
export const matcher = (pattern: string): Matches => {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (text) => expression.test(text);
};

/** In IAM a call without the key fulfils ForAllValues; here it does not, since the service may only not say its value. */
const conditionOf = ({ Condition }: Statement): ((request: AccessRequest) => boolean) => {
  const wanted = Object.entries(Condition?.['ForAllValues:StringLike'] ?? {}).map(
    ([key, patterns]) => [key, patterns.map(matcher)] as const,
  );
  return ({ context = {} }) =>
    wanted.every(
      ([key, patterns]) => context[key]?.every((value) => patterns.some((matches) => matches(value))) ?? false,
    );
};

const rightsOfStatement = (each: Statement): readonly Right[] => {
  const holds = conditionOf(each);
  return each.Action.flatMap((action) =>
    each.Resource.map((resource) => {
      const matches = matcher(resource);
      const covers = (request: AccessRequest) =>
        request.action === action && matches(request.resource) && holds(request);
      return { action, resource, covers };
    }),
  );
};

/**
 * The rights that policy documents give.
 *
 * @param documents as CloudFormation has them, every reference put in
 * @throws ZodError for what is not judged here
 */
export const rightsOf = (documents: readonly unknown[]): readonly Right[] =>
  documents.flatMap((document) => policyDocument.parse(document).Statement.flatMap(rightsOfStatement));
