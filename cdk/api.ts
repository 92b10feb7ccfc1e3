import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type AddRoutesOptions,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Aws, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { basePath, type Route, routes } from '#contract/route-table.ts';
import { type Authentication, authorizerOf, isOpen } from './authentication.ts';
import { acknowledge } from './permissions.ts';
import { retention } from './service-function.ts';
import { sum } from './watched.ts';

/** What the access log says of a request: no path, query string or header, since those may hold tokens. */
const accessLogFields = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationStatus: '$context.integrationStatus',
  integrationError: '$context.integrationErrorMessage',
};

/** 503 is how far an ISO is, to whoever waits for it: no failure, and asked for every few seconds. */
const serverErrors = '{ ($.status = "5*") && (($.status != "503") || ($.routeKey != "*/images/*")) }';

/** Counts the failures of the service by the access log: API Gateway's own metric does not distinguish a 503 from another 5xx. */
const countServerErrors = (scope: Construct, logGroup: LogGroup): IMetric =>
  new MetricFilter(scope, 'ServerErrors', {
    logGroup,
    filterPattern: FilterPattern.literal(serverErrors),
    metricNamespace: 'ove-ignition',
    metricName: `${Aws.STACK_NAME}-server-errors`,
  }).metric(sum);

const addStage = (scope: Construct, httpApi: HttpApi): LogGroup => {
  const log = new LogGroup(scope, 'AccessLog', {
    logGroupName: `/aws/vendedlogs/apis/${Aws.STACK_NAME}`,
    retention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  new HttpStage(scope, 'Stage', {
    httpApi,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: 100, burstLimit: 200 },
    accessLogSettings: {
      destination: new LogGroupLogDestination(log),
      format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
    },
  });
  return log;
};

interface WatchedApi {
  readonly httpApi: HttpApi;
  /** Requests in 5 minutes that the service failed to answer. */
  readonly serverErrors: IMetric;
}

interface ApiProps {
  readonly authentication: Authentication;
  readonly api: IFunction;
  readonly downloads: IFunction;
}

const openReason = 'Public, or the function itself asks for a token: layers/contract/routes says which';

type Integrations = Readonly<Record<Route['function'], HttpLambdaIntegration>>;

/** With and without the assisted-service API's prefix; the page is at the root alone. */
const pathsOf = (path: string): readonly string[] => (path === '/' ? [path] : [path, `${basePath}${path}`]);

/**
 * The rows of the route table that the gateway has to tell from the rest: those of the downloads function, and those
 * that it lets through. Each with and without the assisted-service API's prefix.
 */
const ownRoutes = (authentication: Authentication, integrations: Integrations): readonly AddRoutesOptions[] =>
  Object.values<Route>(routes).flatMap(({ method, path, access, function: name }) => {
    const open = isOpen(access, authentication);
    if (name === 'api' && !open) return [];
    return pathsOf(path).map((full) => ({
      path: full,
      methods: [HttpMethod[method]],
      integration: integrations[name],
      ...(open ? { authorizer: new HttpNoneAuthorizer() } : {}),
    }));
  });

/** Browsers ask before they call, and never with credentials. */
const preflight = ({ api }: Integrations): AddRoutesOptions => ({
  path: '/{proxy+}',
  methods: [HttpMethod.OPTIONS],
  integration: api,
  authorizer: new HttpNoneAuthorizer(),
});

/** The HTTP API: downloads to their function, everything else to the api function, which has the route table. */
export const createHttpApi = (scope: Construct, { authentication, api, downloads }: ApiProps): WatchedApi => {
  const integrations = {
    api: new HttpLambdaIntegration('Api', api),
    downloads: new HttpLambdaIntegration('Downloads', downloads),
  };
  const httpApi = new HttpApi(scope, 'HttpApi', {
    description: 'ove-ignition: the assisted-service API for disconnected ISOs',
    createDefaultStage: false,
    defaultAuthorizer: authorizerOf(authentication),
    defaultIntegration: integrations.api,
  });
  for (const options of [...ownRoutes(authentication, integrations), preflight(integrations)]) {
    for (const route of httpApi.addRoutes(options)) {
      if (options.authorizer !== undefined) acknowledge(route, { rule: 'APIG4', reason: openReason });
    }
  }
  return { httpApi, serverErrors: countServerErrors(scope, addStage(scope, httpApi)) };
};
