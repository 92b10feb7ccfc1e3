import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const metrics = new Metrics({ namespace: 'ove-ignition' });

interface Call {
  /** An operation of the API or a function's name. */
  readonly operation: string;
  readonly milliseconds: number;
  /** A failure of the service itself, not of the caller. */
  readonly fault: boolean;
}

/** Writes in the same format how long the oldest ISO that is not there yet has been waited for (seconds). */
export const measureOldestPreparation = (seconds: number): void => {
  metrics.singleMetric().addMetric('oldest-preparation', MetricUnit.Seconds, seconds);
};

/**
 * Writes one call in CloudWatch's embedded metric format: its duration, by operation and outcome, so that the number of
 * samples of the outcome `fault` is the number of faults. POWERTOOLS_METRICS_DISABLED silences it.
 */
export const measureCall = ({ operation, milliseconds, fault }: Call): void => {
  const duration = metrics.singleMetric();
  duration.addDimensions({ operation, outcome: fault ? 'fault' : 'answered' });
  duration.addMetric('duration', MetricUnit.Milliseconds, milliseconds);
};
