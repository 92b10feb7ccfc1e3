/** Who an item belongs to: the authenticated caller who registered it. */
export interface Owner {
  readonly userName: string;
  readonly orgId: string;
  /** The part of the e-mail address behind `@`, `Unknown` without one. */
  readonly emailDomain: string;
}

/** Ownership rule of the assisted-service API without organisation tenancy: the same user name. */
export const owns = (caller: Owner, item: { readonly owner: Owner }): boolean =>
  item.owner.userName === caller.userName;
