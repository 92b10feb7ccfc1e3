/** Who an item belongs to: the authenticated caller who registered it. */
export interface Owner {
  readonly userName: string;
  readonly orgId: string;
  /** The part of the e-mail address behind `@`, `Unknown` without one. */
  readonly emailDomain: string;
}

/** Who calls: an owner, or the bearer of an image token, who acts for the owner of one infra-env and has that alone. */
export interface Caller extends Owner {
  /** Id of the one infra-env, of the bearer of an image token. */
  readonly onlyInfraEnv?: string;
}

interface Owned {
  readonly id: string;
  readonly owner: Owner;
}

/** Ownership rule of the assisted-service API without organisation tenancy: the same user name. */
export const owns = ({ userName, onlyInfraEnv }: Caller, { id, owner }: Owned): boolean =>
  owner.userName === userName && (onlyInfraEnv === undefined || onlyInfraEnv === id);
