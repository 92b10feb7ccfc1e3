import { accountId, arn } from '#emulators/account.ts';
import { stateMachineArn } from '#emulators/step-functions/step-functions.ts';

/** What a resource of a template is called here: the value of its Ref and of its attributes. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What names do not follow from. */
export interface Given {
  /** The key that every key of the template is which encrypts, but that of a bucket. */
  readonly keyArn: string;
  /** The one that every HMAC key is. */
  readonly macKeyArn: string;
}

interface Named {
  readonly type: string;
  readonly logicalId: string;
  /** As the template has them, unresolved. */
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Context {
  readonly properties: Named['properties'];
  readonly given: Given;
}

type Identify = (name: string, context: Context) => Identity;

const keyIdOf = (keyArn: string): string => keyArn.slice(keyArn.lastIndexOf('/') + 1);

/** The key of a bucket, which no stand-in encrypts with: a right to it is none to the key that there is. */
const bucketKey = 'ove-ignition-artifacts-key';

const keyArnOf = (name: string, { properties, given }: Context): string => {
  if (name === bucketKey) return arn('kms', `key/${name}`);
  return properties.KeyUsage === 'GENERATE_VERIFY_MAC' ? given.macKeyArn : given.keyArn;
};

const identities: Readonly<Record<string, Identify>> = {
  'AWS::DynamoDB::Table': (name) => ({ ref: name, attributes: { Arn: arn('dynamodb', `table/${name}`) } }),
  'AWS::S3::Bucket': (name) => ({ ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } }),
  'AWS::KMS::Key': (name, context) => {
    const keyArn = keyArnOf(name, context);
    return { ref: keyIdOf(keyArn), attributes: { Arn: keyArn, KeyId: keyIdOf(keyArn) } };
  },
  'AWS::Lambda::Function': (name) => ({ ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } }),
  'AWS::IAM::Role': (name) => ({ ref: name, attributes: { Arn: `arn:aws:iam::${accountId}:role/${name}` } }),
  'AWS::Logs::LogGroup': (name) => ({ ref: name, attributes: { Arn: arn('logs', `log-group:${name}`) } }),
  'AWS::StepFunctions::StateMachine': (name) => ({
    ref: stateMachineArn(name),
    attributes: { Arn: stateMachineArn(name), Name: name },
  }),
};

/**
 * The name of a resource that the template gives none: `ArtifactsBucket1A2B3C4D` → `ove-ignition-artifacts-bucket`. It
 * is without CDK's hash, so that data is found again when a resource moves inside the app.
 */
const physicalName = (logicalId: string): string => {
  const words = logicalId.replace(/[0-9A-F]{8}$/, '').match(/[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])/g) ?? [logicalId];
  return ['ove-ignition', ...words].join('-').toLowerCase();
};

/** Any other type is known by its logical id and has no attributes. */
export const identify = ({ type, logicalId, properties }: Named, given: Given): Identity =>
  identities[type]?.(physicalName(logicalId), { properties, given }) ?? { ref: logicalId, attributes: {} };
