import type { Template } from 'aws-cdk-lib/assertions';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { flat, only, resourcesOf, synthesize } from './template.ts';

const topic = 'arn:aws:sns:eu-west-1:123456789012:operators';

let template: Template;

beforeAll(() => {
  template = synthesize({ alarmTopicArn: topic, stackName: 'Trial' });
});

describe('the cluster monitor', () => {
  it('runs every minute with a role of its own, and once more if that fails', () => {
    const [, { Properties }] = only(template, 'AWS::Scheduler::Schedule');
    expect(Properties.ScheduleExpression).toBe('rate(1 minute)');
    expect(Properties.State ?? 'ENABLED').toBe('ENABLED');
    expect(flat(Properties.Target.Arn)).toMatch(/^ClusterMonitorFunction/);
    expect(flat(Properties.Target.RoleArn)).toMatch(/^MonitorScheduleRole/);
    expect(Properties.Target.RetryPolicy).toEqual({ MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60 });
  });

  it('is not repeated by Lambda when the next minute does its work anyway', () => {
    const [, { Properties }] = only(template, 'AWS::Lambda::EventInvokeConfig');
    expect(flat(Properties.FunctionName)).toMatch(/^ClusterMonitorFunction/);
    expect(Properties).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
  });
});

describe('alarms', () => {
  it('watch the API, the generation and the monitor: what fails at once, what is slow once it lasts', () => {
    const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => [
      Properties.Namespace,
      Properties.MetricName,
      Properties.ExtendedStatistic ?? Properties.Statistic,
      Properties.EvaluationPeriods,
    ]);
    expect(alarms).toEqual([
      ['ove-ignition', { 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '-server-errors']] }, 'Sum', 1],
      ['AWS/ApiGateway', 'Latency', 'p95', 3],
      ['AWS/Lambda', 'Errors', 'Sum', 1],
      ['AWS/Lambda', 'Duration', 'p95', 3],
      ['AWS/States', 'ExecutionsFailed', 'Sum', 1],
      ['AWS/Lambda', 'Errors', 'Sum', 1],
    ]);
  });

  it('are quiet where nothing is called', () => {
    for (const [, { Properties }] of resourcesOf(template, 'AWS::CloudWatch::Alarm')) {
      expect(Properties.TreatMissingData).toBe('notBreaching');
    }
  });

  it('of the API count its failures, and not who waits for an ISO', () => {
    const [, { Properties }] = only(template, 'AWS::Logs::MetricFilter');
    expect(flat(Properties.LogGroupName)).toMatch(/^AccessLog/);
    expect(Properties.FilterPattern).toBe(
      '{ ($.status = "5*") && (($.status != "503") || ($.routeKey != "*/images/*")) }',
    );
  });

  it('notify the given topic', () => {
    for (const [, { Properties }] of resourcesOf(template, 'AWS::CloudWatch::Alarm')) {
      expect(Properties.AlarmActions).toEqual([topic]);
    }
  });
});

describe('the dashboard', () => {
  const body = (): string => flat(only(template, 'AWS::CloudWatch::Dashboard')[1].Properties.DashboardBody);

  it('has the name of the stack', () => {
    expect(flat(only(template, 'AWS::CloudWatch::Dashboard')[1].Properties.DashboardName)).toBe('AWS::StackName');
  });

  it('shows requests, latencies, generations, compositions and failures by name', () => {
    const { widgets } = JSON.parse(body());
    expect(widgets.map(({ properties }: { properties: { title: string } }) => properties.title)).toEqual([
      'Requests',
      'Latency of the API',
      'Time of a generation',
      'Ignition function',
      'Time until the media are there',
      'Preparation of media',
      'Failed generations and judgements by name',
      'Age of the oldest ISO that is not there yet',
      'Cluster monitor',
    ]);
  });

  it('shows the age of the oldest ISO as the cluster monitor writes it', async () => {
    const [id, { Properties }] = only(template, 'AWS::Lambda::Function', 'ClusterMonitorFunction');
    const script = "import('#runtime/metrics.ts').then((metrics) => metrics.measureOldestPreparation(3))";
    const { POWERTOOLS_SERVICE_NAME } = Properties.Environment.Variables;
    const { stdout } = await execa(process.execPath, ['--eval', script], {
      env: { POWERTOOLS_SERVICE_NAME, AWS_LAMBDA_FUNCTION_NAME: id },
      extendEnv: false,
    });
    const { _aws, ...values } = JSON.parse(stdout);
    const [{ Namespace, Dimensions, Metrics }] = _aws.CloudWatchMetrics;
    const named = Dimensions[0].toSorted().flatMap((name: string) => [name, values[name]]);
    expect(JSON.parse(body()).widgets.at(-2).properties.metrics).toEqual([
      [Namespace, Metrics[0].Name, ...named, { stat: 'Maximum' }],
    ]);
  });

  it('asks the log of the ignition function for the fields that it writes', () => {
    expect(body()).toMatch(/SOURCE 'IgnitionFunctionLog[0-9A-F]*' \| filter message = \\"invocation\\"/);
  });
});

it("an operator finds the stack's parts by their names", () => {
  const outputs = Object.entries(template.toJSON().Outputs).map(([name, output]) => [
    name,
    flat((output as { Value: unknown }).Value).replace(/[0-9A-F]{8}/, ''),
  ]);
  expect(Object.fromEntries(outputs)).toEqual({
    ApiUrl: 'HttpApi.ApiEndpoint',
    TableName: 'Table',
    ArtifactsBucket: 'Artifacts',
    ReleasesBucket: 'Releases',
  });
});

it('logs that are named are named after the stack', () => {
  const named = resourcesOf(template, 'AWS::Logs::LogGroup').flatMap(([, { Properties }]) =>
    Properties.LogGroupName === undefined ? [] : [flat(Properties.LogGroupName)],
  );
  expect(named.toSorted()).toEqual([
    '/aws/vendedlogs/apis/AWS::StackName',
    '/aws/vendedlogs/states/AWS::StackName-disconnected-transition',
    '/aws/vendedlogs/states/AWS::StackName-prepare-media',
  ]);
});
