/** A Retrier of the Amazon States Language. */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy: 'FULL' | 'NONE';
}

const backoff = { IntervalSeconds: 1, BackoffRate: 2, JitterStrategy: 'FULL' } as const;

const ofDynamoDb = [
  'ProvisionedThroughputExceededException',
  'RequestLimitExceededException',
  'ThrottlingException',
  'InternalServerErrorException',
];

/** The optimised integration and the one of the SDK name the same errors differently. */
const dynamoDbErrors = [
  ...[...ofDynamoDb, 'AmazonDynamoDBException', 'SdkClientException'].map((name) => `DynamoDB.${name}`),
  ...[...ofDynamoDb, 'DynamoDbException', 'SdkClientException'].map((name) => `DynamoDb.${name}`),
];

const lambdaErrors = ['Lambda.ServiceException', 'Lambda.SdkClientException', 'Lambda.ClientExecutionTimeoutException'];

/**
 * How Lambda refuses a function that it has put aside after weeks without a call, for 40 to 110 seconds. The last name is
 * the one of every error that the integration's SDK has no class for, which these may be.
 */
const inactiveFunction = [
  'Lambda.CodeArtifactUserPendingException',
  'Lambda.ResourceConflictException',
  'Lambda.ResourceNotReadyException',
  'Lambda.AWSLambdaException',
];

const waitingFor = (errors: readonly string[]) => [
  { ...backoff, ErrorEquals: errors, IntervalSeconds: 2, MaxAttempts: 3, MaxDelaySeconds: 20 },
  // Up to 5 minutes, for nobody waits: a new account runs 10 functions at once, and a generation takes half a minute.
  {
    ...backoff,
    ErrorEquals: ['Lambda.TooManyRequestsException'],
    IntervalSeconds: 5,
    MaxAttempts: 8,
    MaxDelaySeconds: 60,
  },
  // 3 minutes. Jitter could make them short, and there is no crowd to part: each function is woken once.
  {
    ErrorEquals: inactiveFunction,
    IntervalSeconds: 10,
    MaxAttempts: 18,
    BackoffRate: 1,
    JitterStrategy: 'NONE' as const,
  },
];

/**
 * What a state's `"Retry": "${retry.<name>}"` stands for: the errors of a service that pass by themselves, and how long they
 * are waited for. The transition has a caller who waits at most 29 seconds, hence the short delays of its services.
 */
export const retries = {
  dynamodb: [{ ...backoff, ErrorEquals: [...dynamoDbErrors, 'States.Timeout'], MaxAttempts: 3, MaxDelaySeconds: 3 }],
  lambda: waitingFor(lambdaErrors),
  // A composition of a minute is not given up for S3 or DynamoDB having been asked too much for a moment.
  iso: waitingFor([...lambdaErrors, 'StorageUnavailable']),
  s3: [
    {
      ...backoff,
      ErrorEquals: ['S3.S3Exception', 'S3.SdkClientException', 'States.Timeout'],
      MaxAttempts: 5,
      MaxDelaySeconds: 20,
    },
  ],
  states: [
    {
      ...backoff,
      ErrorEquals: [
        'StepFunctions.AWSStepFunctionsException',
        'StepFunctions.ExecutionLimitExceededException',
        'StepFunctions.SdkClientException',
        'States.Timeout',
      ],
      MaxAttempts: 2,
      MaxDelaySeconds: 3,
    },
  ],
} as const satisfies Readonly<Record<string, readonly Retrier[]>>;
