import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Aws, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { basePath, type Route, routes } from '#contract/routes.ts';
import { retention } from './service-function.ts';
import type { Settings } from './settings.ts';

/** The rows of the route table that the downloads function serves, with and without the assisted-service API's prefix. */
const downloadRoutes = Object.values<Route>(routes)
  .filter((route) => route.function === 'downloads')
  .flatMap(({ method, path }) =>
    [path, `${basePath}${path}`].map((full) => ({ path: full, methods: [HttpMethod[method]] })),
  );

/** What the access log says of a request: no query string and no header, since those may hold tokens. */
const accessLogFields = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  path: '$context.path',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationStatus: '$context.integrationStatus',
  integrationError: '$context.integrationErrorMessage',
};

/** There is no open mode: JSON Web Tokens of the named issuer, or signatures by IAM. */
const authorizerOf = ({ jwtIssuer, jwtAudience }: Settings): IHttpRouteAuthorizer =>
  jwtIssuer === undefined || jwtAudience === undefined
    ? new HttpIamAuthorizer()
    : new HttpJwtAuthorizer('JwtAuthorizer', jwtIssuer, { jwtAudience });

const addStage = (scope: Construct, httpApi: HttpApi): void => {
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
};

interface ApiProps {
  readonly settings: Settings;
  readonly api: IFunction;
  readonly downloads: IFunction;
}

/** The HTTP API: downloads to their function, everything else to the api function, which has the route table. */
export const createHttpApi = (scope: Construct, { settings, api, downloads }: ApiProps): HttpApi => {
  const httpApi = new HttpApi(scope, 'HttpApi', {
    description: 'ove-ignition: the assisted-service API for disconnected ISOs',
    createDefaultStage: false,
    defaultAuthorizer: authorizerOf(settings),
    defaultIntegration: new HttpLambdaIntegration('Api', api),
  });
  const integration = new HttpLambdaIntegration('Downloads', downloads);
  for (const route of downloadRoutes) httpApi.addRoutes({ ...route, integration });
  addStage(scope, httpApi);
  return httpApi;
};
