import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';

/** Over how long each figure is taken. */
export const period = Duration.minutes(5);

/** The options of a metric that counts. */
export const sum = { statistic: 'Sum', period };

/** What the alarms and a person look at. */
export interface Watched {
  readonly httpApi: HttpApi;
  /** Requests in a period that the service failed to answer. */
  readonly serverErrors: IMetric;
  readonly ignition: IFunction & { readonly logGroup: ILogGroup };
  readonly monitor: IFunction;
  readonly prepareMedia: IStateMachine;
}
