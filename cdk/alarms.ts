import { Alarm, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

interface Watched {
  /** Requests in 5 minutes that the service failed to answer. */
  readonly serverErrors: IMetric;
  readonly ignition: IFunction;
  readonly monitor: IFunction;
  readonly prepareMedia: IStateMachine;
}

interface AlarmRow {
  readonly id: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly description: string;
}

const sum = { statistic: 'Sum', period: Duration.minutes(5) };

// Refused settings of users count as errors of the ignition function and as failed runs too: one alone is no alarm.
const alarmRows = ({ serverErrors, ignition, monitor, prepareMedia }: Watched): readonly AlarmRow[] => [
  {
    id: 'ApiServerErrors',
    metric: serverErrors,
    threshold: 5,
    description: 'Requests answered with 5xx: see the log of the api and downloads functions',
  },
  {
    id: 'IgnitionErrors',
    metric: ignition.metricErrors(sum),
    threshold: 10,
    description: 'Failed generations: see the events of the infra-envs, then the log of the ignition function',
  },
  {
    id: 'PrepareMediaFailures',
    metric: prepareMedia.metricFailed(sum),
    threshold: 10,
    description: 'Failed runs of prepare-media: see the executions of the state machine',
  },
  {
    id: 'ClusterMonitorErrors',
    metric: monitor.metricErrors(sum),
    threshold: 3,
    description: 'Clusters are not refreshed: see the log of the cluster-monitor function',
  },
];

/** Alarms that name where to look; they notify the given SNS topic, if any. */
export const createAlarms = (scope: Construct, watched: Watched, topicArn: string | undefined): void => {
  for (const { id, metric, threshold, description } of alarmRows(watched)) {
    const alarm = new Alarm(scope, `${id}Alarm`, {
      metric,
      threshold,
      alarmDescription: description,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (topicArn !== undefined) alarm.addAlarmAction({ bind: () => ({ alarmActionArn: topicArn }) });
  }
};
