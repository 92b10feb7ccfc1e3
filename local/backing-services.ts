import { region } from '#emulators/account.ts';
import { startDynamoDb } from '#emulators/dynamodb/dynamodb-server.ts';
import { listen } from '#emulators/http/listen.ts';
import { fromPrograms, onlyFor } from '#emulators/http/welcome.ts';

import { type AccessControl, accessControl } from '#emulators/iam/access-control.ts';
import { keyArn, kmsServer, macKeyArn } from '#emulators/kms/kms-server.ts';
import { masterKey } from '#emulators/kms/master-key.ts';
import { startS3 } from '#emulators/s3/s3-server.ts';
import type { DataFolder } from './data-folder.ts';
import { emulatorKeys } from './emulator-keys.ts';
import { dropIndexEntries } from './indexes.ts';
import { encryptionKeysOf, resourcePoliciesOf, rolesOf } from './roles.ts';
import { reasonOf, StartError } from './start-error.ts';
import type { Given } from './template/names.ts';
import type { Template } from './template/template.ts';

/** Who may do what, as the template's roles say. */
export interface Permissions {
  readonly access: AccessControl;
  /** To be called before anything acts as a role. */
  readonly learn: (template: Template) => void;
  /** For a process: the credentials of a role, by its name. */
  readonly credentialsOf: (role: string) => Credentials;
}

interface Running {
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** Where data lies: the embedded stand-ins or, by AWS_ENDPOINT_URL, an emulator. */
export interface BackingServices {
  /** For this process: where the AWS SDK finds the services, and as whom. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** ARNs of the KMS keys; to be asked for once the environment is set. */
  readonly keys: () => Promise<Given>;
  /** Absent with an emulator, which does not ask who calls. */
  readonly permissions?: Permissions;
  /** Whether the indexes of the tables have to be filled again. */
  readonly indexesDropped: boolean;
  readonly close: () => Promise<void>;
}

/** Of the table in cdk/storage.ts. */
const partitionKey = 'pk';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const credentials: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

const stopAll = async (services: readonly Running[]): Promise<void> => {
  await Promise.all(services.map(({ close }) => close()));
};

// A profile of the person who starts this would win over these credentials.
const embeddedIdentity = {
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
};

/** @throws StartError with what to do about a database that is damaged */
const openDynamoDb = async (folder: DataFolder, control: AccessControl): Promise<Running> => {
  const path = folder.path('dynamodb');
  try {
    if (folder.leftOpen) await dropIndexEntries(path);
    return await startDynamoDb({ path, access: { control, partitionKey } });
  } catch (error) {
    throw new StartError(
      `the database ${path} cannot be opened (${reasonOf(error)}): put back a copy of the data folder, or move the folder away ` +
        'and start with an empty one (docs/operations.md, "Upgrading, backing up and restoring")',
    );
  }
};

const embedded = async (folder: DataFolder): Promise<BackingServices> => {
  const access = accessControl(credentials.accessKeyId);
  const encryptionKeys = new Map<string, string>();
  const dynamoDb = await openDynamoDb(folder, access);
  const s3 = await startS3({ dataDir: folder.path('s3'), credentials, region, access, encryptionKeys });
  const kms = await listen(onlyFor(fromPrograms, kmsServer(await masterKey(folder.path('kms/master-key')), access)));
  return {
    environment: {
      ...embeddedIdentity,
      AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      AWS_ENDPOINT_URL_KMS: kms.endpoint,
    },
    keys: async () => ({ keyArn, macKeyArn }),
    permissions: {
      access,
      learn: (template) => {
        access.learn(rolesOf(template), resourcePoliciesOf(template));
        for (const [bucket, key] of encryptionKeysOf(template)) encryptionKeys.set(bucket, key);
      },
      credentialsOf: (role) => ({ ...credentials, accessKeyId: role }),
    },
    indexesDropped: folder.leftOpen,
    close: () => stopAll([dynamoDb, s3, kms]),
  };
};

const emulator = (): BackingServices => ({
  environment: {
    AWS_REGION: process.env.AWS_REGION ?? region,
    AWS_ACCESS_KEY_ID: process.env.AWS_ACCESS_KEY_ID ?? credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: process.env.AWS_SECRET_ACCESS_KEY ?? credentials.secretAccessKey,
  },
  keys: emulatorKeys,
  indexesDropped: false,
  close: async () => {},
});

/** DynamoDB, S3 and KMS: of the emulator that AWS_ENDPOINT_URL names, or embedded with their data in the folder. */
export const startBackingServices = (folder: DataFolder): Promise<BackingServices> =>
  process.env.AWS_ENDPOINT_URL === undefined ? embedded(folder) : Promise.resolve(emulator());
