/** What an authorizer of API Gateway found out about the caller. */
export interface Authorizer {
  readonly jwt?: { readonly claims: Readonly<Record<string, string>>; readonly scopes: readonly string[] | null };
  readonly iam?: Readonly<Record<string, unknown>>;
}

/** Names the caller by the headers of a request, as an authorizer of API Gateway does; undefined turns it away. */
export type Authorize = (headers: Readonly<Record<string, string>>) => Promise<Authorizer | undefined>;
