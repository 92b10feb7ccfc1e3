import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

// Each metric is written at once, with the dimensions that were added before it. One object for all: it reads the
// environment and makes a console when it is made.
const metrics = new Metrics({ namespace: 'ove-ignition', singleMetric: true });

interface Call {
  /** An operation of the API or a function's name. */
  readonly operation: string;
  readonly milliseconds: number;
  /** A failure of the service itself, not of the caller. */
  readonly fault: boolean;
}

/**
 * Writes in the same format how long the oldest ISO that is not there yet has been waited for (seconds), by the name of the
 * deployed function: of several stacks in one account each has its own figure.
 */
export const measureOldestPreparation = (seconds: number): void => {
  metrics.addDimension('function_name', process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'unnamed');
  metrics.addMetric('oldest-preparation', MetricUnit.Seconds, seconds);
};

/**
 * Writes one call in CloudWatch's embedded metric format: its duration, by operation and outcome, so that the number of
 * samples of the outcome `fault` is the number of faults. POWERTOOLS_METRICS_DISABLED silences it.
 */
export const measureCall = ({ operation, milliseconds, fault }: Call): void => {
  metrics.addDimensions({ operation, outcome: fault ? 'fault' : 'answered' });
  metrics.addMetric('duration', MetricUnit.Milliseconds, milliseconds);
};
