import { Alarm, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { period, sum, type Watched } from './watched.ts';

interface AlarmRow {
  readonly id: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** How many periods in a row have to be above it: 1 unless given. */
  readonly periods?: number;
  readonly description: string;
}

const p95 = { statistic: 'p95', period };

/** A cold start or one large request alone is no alarm. */
const lasting = 3;

// Refused settings of users count as errors of the ignition function and as failed runs too: one alone is no alarm.
const alarmRows = ({ httpApi, serverErrors, ignition, monitor, prepareMedia }: Watched): readonly AlarmRow[] => [
  {
    id: 'ApiServerErrors',
    metric: serverErrors,
    threshold: 5,
    description: 'Requests answered with 5xx: see the log of the api and downloads functions',
  },
  {
    id: 'ApiLatency',
    metric: httpApi.metricLatency(p95),
    threshold: Duration.seconds(10).toMilliseconds(),
    periods: lasting,
    description: 'One request in twenty takes more than 10 s: see the dashboard, then the traces of the slow ones',
  },
  {
    id: 'IgnitionErrors',
    metric: ignition.metricErrors(sum),
    threshold: 10,
    description: 'Failed generations: see the events of the infra-envs, then the log of the ignition function',
  },
  {
    id: 'IgnitionDuration',
    metric: ignition.metricDuration(p95),
    threshold: Duration.seconds(60).toMilliseconds(),
    periods: lasting,
    description: 'Generations come near their time limit: see the traces of the ignition function',
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
  for (const { id, metric, threshold, periods = 1, description } of alarmRows(watched)) {
    const alarm = new Alarm(scope, `${id}Alarm`, {
      metric,
      threshold,
      alarmDescription: description,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (topicArn !== undefined) alarm.addAlarmAction({ bind: () => ({ alarmActionArn: topicArn }) });
  }
};
