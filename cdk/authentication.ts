import { HttpNoneAuthorizer, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type { Access } from '#contract/routes/route.ts';
import type { Settings } from './deployment-settings.ts';

/** How callers prove who they are. `none` takes everyone for the same user: no context chooses it. */
export type Authentication =
  | { readonly kind: 'none' }
  | { readonly kind: 'iam' }
  | { readonly kind: 'jwt'; readonly issuer: string; readonly audience: readonly string[] };

/** What a deployment has chosen: JSON Web Tokens of the named issuer or, without one, signatures by IAM. */
export const authenticationOf = ({ jwtIssuer: issuer, jwtAudience: audience }: Settings): Authentication =>
  issuer === undefined || audience === undefined ? { kind: 'iam' } : { kind: 'jwt', issuer, audience };

export const authorizerOf = (authentication: Authentication): IHttpRouteAuthorizer => {
  if (authentication.kind === 'none') return new HttpNoneAuthorizer();
  if (authentication.kind === 'iam') return new HttpIamAuthorizer();
  const { issuer, audience } = authentication;
  return new HttpJwtAuthorizer('JwtAuthorizer', issuer, { jwtAudience: [...audience] });
};

/**
 * Whether the gateway lets a route's requests through to the function, which asks itself or need not ask. An authorizer
 * cannot say "this or an image token"; and only the gateway can check a signature by IAM, so with IAM image tokens are
 * good in the URLs of images alone.
 */
export const isOpen = (access: Access, { kind }: Authentication): boolean =>
  access === 'public' || access === 'link' || (access === 'image' && kind === 'jwt');
