import { accountId } from '../account.ts';
import type { AccessRequest, Right } from './policy.ts';

/** What the roles of an account may do, by the name of the role: whoever acts as it signs with that as access key id. */
export type Roles = ReadonlyMap<string, readonly Right[]>;

/** A right of a role, by its name. */
interface NamedRight {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

export interface AccessControl {
  /** Roles are known once their template is read; until then there is only the owner. */
  readonly learn: (roles: Roles) => void;
  /** Whether anybody signs with this access key id. */
  readonly knows: (caller: string) => boolean;
  /** Why a caller may not do it, in IAM's words; undefined when it may. */
  readonly refusal: (caller: string, request: AccessRequest) => string | undefined;
  /** All rights, with whether a call has needed them. */
  readonly rights: () => readonly (NamedRight & { readonly used: boolean })[];
}

const explained = (role: string, { action, resource }: AccessRequest): string =>
  `User: arn:aws:sts::${accountId}:assumed-role/${role} is not authorized to perform: ${action} on resource: ` +
  `${resource} because no identity-based policy allows the ${action} action`;

/** @param owner access key id of whoever may do everything, as the account's own user */
export const accessControl = (owner: string): AccessControl => {
  let roles: Roles = new Map();
  const used = new Set<Right>();
  return {
    learn: (known) => {
      roles = known;
    },
    knows: (caller) => caller === owner || roles.has(caller),
    refusal: (caller, request) => {
      if (caller === owner) return undefined;
      const covering = roles.get(caller)?.filter((right) => right.covers(request)) ?? [];
      for (const right of covering) used.add(right);
      return covering.length > 0 ? undefined : explained(caller, request);
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
