import type { Template } from 'aws-cdk-lib/assertions';
import { flat, resourcesOf } from './template.ts';

export interface Grant {
  /** Role without the hash of its logical id, e.g. `ApiFunctionRole`. */
  readonly role: string;
  readonly action: string;
  /** Resource without hashes, e.g. `Table.Arn`. */
  readonly resource: string;
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** `Artifacts82DD59A1.Arn/infra-envs/*` → `Artifacts.Arn/infra-envs/*`. */
const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}(?=$|[./])/, '');

/** Every right that any role of the template has, one row per action and resource. */
export const grantsOf = (template: Template): Grant[] =>
  resourcesOf(template, 'AWS::IAM::Policy').flatMap(([, { Properties: policy }]) =>
    policy.Roles.flatMap((role: unknown) =>
      policy.PolicyDocument.Statement.flatMap((statement: { Action: unknown; Resource: unknown }) =>
        listed(statement.Action).flatMap((action) =>
          listed(statement.Resource).map((resource) => ({
            role: withoutHash(flat(role)),
            action: String(action),
            resource: withoutHash(flat(resource)),
          })),
        ),
      ),
    ),
  );
