import * as z from 'zod';
import { functionByArn } from './functions.ts';
import type { Route } from './http-front/routes.ts';
import type { LocalFunction } from './lambda/function.ts';
import type { Template } from './template/template.ts';

const routeSchema = z.object({ RouteKey: z.string(), Target: z.string() });
const integrationSchema = z.object({ IntegrationUri: z.string() });

/** The routes of a template's HTTP API, each with the function behind its integration. */
export const routesOf = (template: Template, functions: readonly LocalFunction[]): readonly Route[] => {
  const integrations = new Map(
    template
      .ofType('AWS::ApiGatewayV2::Integration')
      .map(({ ref, properties }) => [`integrations/${ref}`, integrationSchema.parse(properties).IntegrationUri]),
  );
  return template.ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => {
    const { RouteKey, Target } = routeSchema.parse(properties);
    return { key: RouteKey, target: functionByArn(functions, integrations.get(Target) ?? Target) };
  });
};
