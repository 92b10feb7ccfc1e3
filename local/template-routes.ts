import * as z from 'zod';
import { tokenIssuer } from '#adapters/token-issuer.ts';
import type { Authorize } from '#emulators/api-gateway/authorizer.ts';
import type { Route } from '#emulators/api-gateway/gateway-routes.ts';
import { jwtAuthorizer } from '#emulators/api-gateway/jwt-authorizer.ts';
import type { LocalFunction } from '#emulators/lambda/function.ts';
import { functionByArn } from './functions.ts';
import type { Template } from './template/template.ts';

const routeSchema = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  // Who signs for IAM would have to be known here: there is no such authorizer.
  AuthorizationType: z.enum(['NONE', 'JWT']),
  AuthorizerId: z.string().optional(),
});
const integrationSchema = z.object({ IntegrationUri: z.string() });
const authorizerSchema = z.object({
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()) }),
});

const authorizersOf = (template: Template): ReadonlyMap<string, Authorize> =>
  new Map(
    template.ofType('AWS::ApiGatewayV2::Authorizer').map(({ ref, properties }) => {
      const { Issuer: issuer, Audience: audience } = authorizerSchema.parse(properties).JwtConfiguration;
      return [ref, jwtAuthorizer(tokenIssuer({ issuer, audience }))];
    }),
  );

/** The routes of a template's HTTP API, each with the function behind its integration and its authorizer. */
export const routesOf = (template: Template, functions: readonly LocalFunction[]): readonly Route[] => {
  const integrations = new Map(
    template
      .ofType('AWS::ApiGatewayV2::Integration')
      .map(({ ref, properties }) => [`integrations/${ref}`, integrationSchema.parse(properties).IntegrationUri]),
  );
  const authorizers = authorizersOf(template);
  const authorizerOf = (id: string): Authorize => {
    const found = authorizers.get(id);
    if (found === undefined) throw new Error(`template: there is no authorizer ${id}`);
    return found;
  };
  return template.ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => {
    const { RouteKey, Target, AuthorizationType, AuthorizerId = '' } = routeSchema.parse(properties);
    return {
      key: RouteKey,
      target: functionByArn(functions, integrations.get(Target) ?? Target),
      ...(AuthorizationType === 'NONE' ? {} : { authorize: authorizerOf(AuthorizerId) }),
    };
  });
};
