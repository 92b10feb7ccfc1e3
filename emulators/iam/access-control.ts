import { accountId } from '../account.ts';
import type { AccessRequest, Right } from './policy.ts';
import { type ResourcePolicies, resourceRefusal } from './resource-policy.ts';

/** What the roles of an account may do, by the name of the role: whoever acts as it signs with that as access key id. */
export type Roles = ReadonlyMap<string, readonly Right[]>;

/** A right of a role, by its name. */
interface NamedRight {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

export interface AccessControl {
  /** Roles and policies are known once their template is read; until then there is only the owner. */
  readonly learn: (roles: Roles, policies?: ResourcePolicies) => void;
  /** Whether anybody signs with this access key id. */
  readonly knows: (caller: string) => boolean;
  /** Why a caller may not do it, in IAM's words; undefined when it may. */
  readonly refusal: (caller: string, request: AccessRequest) => string | undefined;
  /** All rights, with whether a call has needed them. */
  readonly rights: () => readonly (NamedRight & { readonly used: boolean })[];
}

/** @param reason how the sentence goes on */
const explained = (role: string, { action, resource }: AccessRequest, reason: string): string =>
  `User: arn:aws:sts::${accountId}:assumed-role/${role} is not authorized to perform: ${action} on resource: ` +
  `${resource} ${reason}`;

/** @param owner access key id of whoever may do everything, as the account's own user */
export const accessControl = (owner: string): AccessControl => {
  let roles: Roles = new Map();
  let policies: ResourcePolicies = new Map();
  const used = new Set<Right>();
  return {
    learn: (known, ofResources = new Map()) => {
      roles = known;
      policies = ofResources;
    },
    knows: (caller) => caller === owner || roles.has(caller),
    refusal: (caller, request) => {
      if (caller === owner) return undefined;
      const covering = roles.get(caller)?.filter((right) => right.covers(request)) ?? [];
      for (const right of covering) used.add(right);
      const reason =
        covering.length === 0
          ? `because no identity-based policy allows the ${request.action} action`
          : resourceRefusal(policies, request);
      return reason === undefined ? undefined : explained(caller, request, reason);
    },
    rights: () =>
      [...roles].flatMap(([role, rights]) =>
        rights.map((right) => ({ role, action: right.action, resource: right.resource, used: used.has(right) })),
      ),
  };
};

/** The access key id that a request was signed with; empty for one without a signature. */
export const callerOf = ({ authorization = '' }: { readonly authorization?: string | undefined }): string =>
  /\bCredential=([^/,\s]+)\//.exec(authorization)?.[1] ?? '';
