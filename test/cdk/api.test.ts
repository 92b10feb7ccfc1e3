import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Route, routes } from '#contract/routes.ts';
import { flat, jwtContext, only, type Resource, resourcesOf, synthesize } from './template.ts';

/** The keys of the routes that the route table gives to the downloads function. */
const downloads = Object.values<Route>(routes)
  .filter((route) => route.function === 'downloads')
  .flatMap(({ method, path }) => [`${method} ${path}`, `${method} /api/assisted-install${path}`]);

let byToken: Template;
let byIam: Template;

beforeAll(() => {
  byToken = synthesize(jwtContext);
  byIam = synthesize();
});

const routesOf = (template: Template): Resource[] =>
  resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(([, route]) => route);

/** Logical id of the function that a route ends in. */
const functionBehind = (template: Template, route: Resource): string => {
  const integration = flat(route.Properties.Target).replace('integrations/', '');
  const [, found] = only(template, 'AWS::ApiGatewayV2::Integration', integration);
  return flat(found.Properties.IntegrationUri);
};

describe('routes', () => {
  it.each([
    ['$default', 'ApiFunction'],
    ...downloads.map((routeKey) => [routeKey, 'DownloadsFunction'] as const),
  ] as const)('%s goes to the %s', (routeKey, name) => {
    const [route] = routesOf(byToken).filter(({ Properties }) => Properties.RouteKey === routeKey);
    if (route === undefined) throw new Error(`no route ${routeKey}`);
    expect(functionBehind(byToken, route)).toMatch(new RegExp(`^${name}[0-9A-F]{8}\\.Arn$`));
  });

  it('there are no others, and their events have format 2.0', () => {
    expect(routesOf(byToken)).toHaveLength(1 + downloads.length);
    for (const [, { Properties }] of resourcesOf(byToken, 'AWS::ApiGatewayV2::Integration')) {
      expect(Properties.PayloadFormatVersion).toBe('2.0');
    }
  });
});

describe('authorization', () => {
  it('with an issuer and an audience every route asks for a token of theirs', () => {
    const [id, authorizer] = only(byToken, 'AWS::ApiGatewayV2::Authorizer');
    expect(authorizer.Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: 'https://issuer.example/realm', Audience: ['ove', 'cli'] },
    });
    for (const { Properties } of routesOf(byToken)) {
      expect([Properties.AuthorizationType, Properties.AuthorizerId]).toEqual(['JWT', { Ref: id }]);
    }
  });

  it('without them every route asks for a signature by IAM', () => {
    expect(routesOf(byIam)).toHaveLength(1 + downloads.length);
    for (const { Properties } of routesOf(byIam)) expect(Properties.AuthorizationType).toBe('AWS_IAM');
  });

  it.each([
    ['an issuer without audience', { jwtIssuer: jwtContext.jwtIssuer }, /jwtIssuer and jwtAudience belong together/],
    ['an audience without issuer', { jwtAudience: 'ove' }, /jwtIssuer and jwtAudience belong together/],
    ['an empty audience', { ...jwtContext, jwtAudience: '' }, /jwtAudience/],
    ['an issuer without TLS', { ...jwtContext, jwtIssuer: 'http://issuer.example' }, /jwtIssuer/],
  ])('%s is refused', (_, context, message) => {
    expect(() => synthesize(context)).toThrow(message);
  });
});

describe('the stage', () => {
  let stage: Resource;

  beforeAll(() => {
    [, stage] = only(byToken, 'AWS::ApiGatewayV2::Stage');
  });

  it('is the default one and limits how fast it is called', () => {
    expect(stage.Properties.StageName).toBe('$default');
    expect(stage.Properties.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 });
  });

  it('logs the path of a request, but no query string, header or claim', () => {
    expect(flat(stage.Properties.AccessLogSettings.DestinationArn)).toMatch(/^AccessLog/);
    const fields = Object.values(JSON.parse(stage.Properties.AccessLogSettings.Format)).toSorted();
    expect(fields).toEqual([
      '$context.httpMethod',
      '$context.identity.sourceIp',
      '$context.integrationErrorMessage',
      '$context.integrationStatus',
      '$context.path',
      '$context.requestId',
      '$context.requestTime',
      '$context.responseLatency',
      '$context.responseLength',
      '$context.routeKey',
      '$context.status',
    ]);
  });
});
