import { Dashboard, GraphWidget, type IMetric, type IWidget, LogQueryWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Aws, Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { period, sum, type Watched } from './watched.ts';

/** The statistics that say how long people wait. */
const waits = ['p50', 'p95', 'Maximum'];

const width = 12;

const graph = (title: string, left: IMetric[]): IWidget => new GraphWidget({ title, left, width, liveData: true });

const durations = (title: string, metric: (statistic: string) => IMetric): IWidget => graph(title, waits.map(metric));

/** Runs of the ignition function that did not end well, by the name of the failure in the table of errors. */
const failuresByName = ({ ignition }: Watched): IWidget =>
  new LogQueryWidget({
    title: 'Failed generations and judgements by name',
    logGroupNames: [ignition.logGroup.logGroupName],
    queryLines: ['filter message = "invocation" and outcome != "done"', 'stats count(*) as failures by outcome'],
    width: 2 * width,
  });

/** The cluster monitor writes it once a minute (layers/runtime/metrics.ts); a gap is one in its runs. */
const oldestPreparation = ({ monitor }: Watched): IMetric =>
  new Metric({
    namespace: 'ove-ignition',
    metricName: 'oldest-preparation',
    dimensionsMap: { service: 'cluster-monitor', function_name: monitor.functionName },
    statistic: 'Maximum',
    period,
  });

const rowsOf = (watched: Watched): IWidget[][] => {
  const { httpApi, serverErrors, ignition, monitor, prepareMedia } = watched;
  return [
    [
      graph('Requests', [httpApi.metricCount(sum), httpApi.metricClientError(sum), serverErrors]),
      durations('Latency of the API', (statistic) => httpApi.metricLatency({ statistic, period })),
    ],
    [
      durations('Time of a generation', (statistic) => ignition.metricDuration({ statistic, period })),
      graph('Ignition function', [
        ignition.metricInvocations(sum),
        ignition.metricErrors(sum),
        ignition.metricThrottles(sum),
      ]),
    ],
    [
      durations('Time until the media are there', (statistic) => prepareMedia.metricTime({ statistic, period })),
      graph('Preparation of media', [
        prepareMedia.metricStarted(sum),
        prepareMedia.metricSucceeded(sum),
        prepareMedia.metricFailed(sum),
        prepareMedia.metricTimedOut(sum),
      ]),
    ],
    [failuresByName(watched)],
    [
      graph('Age of the oldest ISO that is not there yet', [oldestPreparation(watched)]),
      graph('Cluster monitor', [monitor.metricErrors(sum)]),
    ],
  ];
};

/** One page on how the service is doing: requests, latencies, generations, compositions, and failures by name. */
export const createDashboard = (scope: Construct, watched: Watched): void => {
  new Dashboard(scope, 'Dashboard', {
    dashboardName: Aws.STACK_NAME,
    defaultInterval: Duration.hours(24),
    widgets: rowsOf(watched),
  });
};
