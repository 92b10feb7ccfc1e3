import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { synthesizeTemplate } from '#cdk/build-app.ts';
import { type Route, routes } from '#contract/route-table.ts';
import { flat, jwtContext, only, type Resource, resourcesOf, synthesize } from './template.ts';

interface Row extends Route {
  /** Of the gateway's route that the row has, unless the default one takes it. */
  readonly key: string;
}

/** The rows of the route table, each with and without the prefix of the assisted-service API; the page is at the root alone. */
const rows: readonly Row[] = Object.values<Route>(routes).flatMap((route) =>
  (route.path === '/' ? [''] : ['', '/api/assisted-install']).map((prefix) => ({
    ...route,
    key: `${route.method} ${prefix}${route.path}`,
  })),
);

const preflight = 'OPTIONS /{proxy+}';

let byToken: Template;
let byIam: Template;

beforeAll(() => {
  byToken = synthesize(jwtContext);
  byIam = synthesize();
});

const routesOf = (template: Template): ReadonlyMap<string, Resource> =>
  new Map(resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(([, route]) => [route.Properties.RouteKey, route]));

/** The route that takes a row's requests. */
const routeOf = (template: Template, { key }: Row): Resource | undefined =>
  routesOf(template).get(key) ?? routesOf(template).get('$default');

/** Logical id of the function that a route ends in. */
const functionBehind = (template: Template, route: Resource | undefined): string => {
  const integration = flat(route?.Properties.Target).replace('integrations/', '');
  const [, found] = only(template, 'AWS::ApiGatewayV2::Integration', integration);
  return flat(found.Properties.IntegrationUri);
};

const authorizationOf = (template: Template, row: Row): string => routeOf(template, row)?.Properties.AuthorizationType;

const keysOf = (wanted: (row: Row) => boolean): string[] => rows.filter(wanted).map(({ key }) => key);

describe('routes', () => {
  const isDownload = (row: Row) => row.function === 'downloads';

  it('every row of the route table goes to its function', () => {
    const functions = { api: /^ApiFunction[0-9A-F]{8}\.Arn$/, downloads: /^DownloadsFunction[0-9A-F]{8}\.Arn$/ };
    for (const template of [byToken, byIam]) {
      for (const row of rows) {
        expect(functionBehind(template, routeOf(template, row)), row.key).toMatch(functions[row.function]);
      }
    }
  });

  it('there are no more than it takes to tell them apart', () => {
    const open = keysOf((row) => isDownload(row) || row.access !== 'user');
    expect([...routesOf(byToken).keys()].toSorted()).toEqual(['$default', preflight, ...open].toSorted());
    const openWithIam = keysOf((row) => isDownload(row) || ['link', 'public'].includes(row.access));
    expect([...routesOf(byIam).keys()].toSorted()).toEqual(['$default', preflight, ...openWithIam].toSorted());
  });

  it('the gateway may invoke the function behind each of them, for it, and nobody else may', () => {
    for (const template of [byToken, byIam]) {
      const [api] = only(template, 'AWS::ApiGatewayV2::Api');
      const permissions = resourcesOf(template, 'AWS::Lambda::Permission').map(([, { Properties }]) => Properties);
      const ofGateway = `arn:AWS::Partition:execute-api:AWS::Region:AWS::AccountId:${api}/`;
      for (const { Action, Principal, SourceArn } of permissions) {
        expect([Action, Principal]).toEqual(['lambda:InvokeFunction', 'apigateway.amazonaws.com']);
        expect(flat(SourceArn).startsWith(ofGateway)).toBe(true);
      }
      const sources = (functionArn: string) =>
        permissions
          .filter(({ FunctionName }) => flat(FunctionName) === functionArn)
          .map((each) => flat(each.SourceArn));
      for (const [key, route] of routesOf(template)) {
        // Of every stage and method; the default route takes every path.
        const [, path = ''] = key.split(' ');
        expect(sources(functionBehind(template, route)), key).toContain(`${ofGateway}*/*${path}`);
      }
    }
  });

  it('they are few enough for the policy of a function: 20 KiB, of which each permission takes 600 bytes at most', () => {
    for (const template of [byToken, byIam]) {
      const permissions = resourcesOf(template, 'AWS::Lambda::Permission');
      const named = Object.groupBy(permissions, ([, { Properties }]) => flat(Properties.FunctionName));
      for (const [name, own = []] of Object.entries(named)) {
        expect([name, own.length * 600 <= 20 * 1024]).toEqual([name, true]);
      }
    }
  });

  it('their events have format 2.0', () => {
    for (const [, { Properties }] of resourcesOf(byToken, 'AWS::ApiGatewayV2::Integration')) {
      expect(Properties.PayloadFormatVersion).toBe('2.0');
    }
  });
});

describe('authorization', () => {
  it('with an issuer and an audience is by a token of theirs', () => {
    const [id, authorizer] = only(byToken, 'AWS::ApiGatewayV2::Authorizer');
    expect(authorizer.Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: 'https://issuer.example/realm', Audience: ['ove', 'cli'] },
    });
    for (const { Properties } of routesOf(byToken).values()) {
      if (Properties.AuthorizationType === 'JWT') expect(Properties.AuthorizerId).toEqual({ Ref: id });
    }
  });

  it.each([
    ['user', 'JWT', 'AWS_IAM'],
    ['image', 'NONE', 'AWS_IAM'],
    ['link', 'NONE', 'NONE'],
    ['public', 'NONE', 'NONE'],
  ])('of a row of access %s is %s with an issuer, else %s', (access, withIssuer, without) => {
    const ofAccess = rows.filter((row) => row.access === access);
    expect(ofAccess).not.toEqual([]);
    for (const row of ofAccess) {
      expect([row.key, authorizationOf(byToken, row)]).toEqual([row.key, withIssuer]);
      expect([row.key, authorizationOf(byIam, row)]).toEqual([row.key, without]);
    }
  });

  it('is for whatever is no row', () => {
    expect(routesOf(byToken).get('$default')?.Properties.AuthorizationType).toBe('JWT');
    expect(routesOf(byIam).get('$default')?.Properties.AuthorizationType).toBe('AWS_IAM');
  });

  it('is not for browsers that ask before they call', () => {
    for (const template of [byToken, byIam]) {
      const route = routesOf(template).get(preflight);
      expect(route?.Properties.AuthorizationType).toBe('NONE');
      expect(functionBehind(template, route)).toMatch(/^ApiFunction/);
    }
  });

  const authenticationsOf = (template: Template): unknown[] =>
    resourcesOf(template, 'AWS::Lambda::Function')
      .map(([, { Properties }]) => Properties.Environment.Variables.AUTHENTICATION)
      .filter((name) => name !== undefined);

  it('is told to the functions', () => {
    expect(authenticationsOf(byToken)).toEqual(['jwt', 'jwt']);
    expect(authenticationsOf(byIam)).toEqual(['iam', 'iam']);
  });

  it.each([
    { authentication: 'none' },
    { authentication: { kind: 'none' } },
    { AUTHENTICATION: 'none' },
    { ...jwtContext, authentication: 'none', AUTHENTICATION: 'none' },
  ])('is left out by no context: %j', (context) => {
    const template = synthesize(context);
    expect(authenticationsOf(template)).not.toContain('none');
    for (const row of rows.filter(({ access }) => access === 'user')) {
      expect([row.key, authorizationOf(template, row)]).not.toContain('NONE');
    }
  });

  it('is left out by the local stack alone: what is deployed is built from the context', () => {
    const app = readFileSync(new URL('../../cdk/app.ts', import.meta.url), 'utf8');
    expect([...app.matchAll(/buildApp\((.*)\)/g)].map(([, options]) => options)).toEqual(['']);
    expect(authenticationsOf(Template.fromJSON(synthesizeTemplate({}, { kind: 'none' })))).toEqual(['none', 'none']);
  });

  it.each([
    ['an issuer without audience', { jwtIssuer: jwtContext.jwtIssuer }, /jwtIssuer and jwtAudience belong together/],
    ['an audience without issuer', { jwtAudience: 'ove' }, /jwtIssuer and jwtAudience belong together/],
    ['an empty audience', { ...jwtContext, jwtAudience: '' }, /jwtAudience/],
    ['a client of the page without issuer', { pageClientId: 'page' }, /pageClientId needs jwtIssuer/],
    ['an origin of the sign-in with a path', { pageSignInOrigins: 'https://login.example/page' }, /pageSignInOrigins/],
    ['an issuer without TLS', { ...jwtContext, jwtIssuer: 'http://issuer.example' }, /jwtIssuer/],
    ['an origin with a path', { allowedDomains: 'https://ui.example/page' }, /allowedDomains/],
    ['an origin without scheme', { allowedDomains: 'https://a.example,ui.example' }, /allowedDomains/],
    ['a public address without scheme', { publicUrl: 'ove.example' }, /publicUrl/],
    ['a public address that ends in a slash', { publicUrl: 'https://ove.example/' }, /publicUrl/],
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

  it('logs no path, query string, header or claim of a request: any of them may hold a token', () => {
    expect(flat(stage.Properties.AccessLogSettings.DestinationArn)).toMatch(/^AccessLog/);
    const fields = Object.values(JSON.parse(stage.Properties.AccessLogSettings.Format)).toSorted();
    expect(fields).toEqual([
      '$context.httpMethod',
      '$context.identity.sourceIp',
      '$context.integrationErrorMessage',
      '$context.integrationStatus',
      '$context.requestId',
      '$context.requestTime',
      '$context.responseLatency',
      '$context.responseLength',
      '$context.routeKey',
      '$context.status',
    ]);
  });
});
