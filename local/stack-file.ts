import { rm } from 'node:fs/promises';
import type { DataFolder } from './data-folder.ts';
import type { Stores } from './stores.ts';
import { writeWhole } from './whole-file.ts';

interface RunningStack {
  readonly url: string;
  readonly stores: Stores;
  readonly keyArn: string;
}

const variable = (name: string): string | undefined => process.env[name] ?? process.env.AWS_ENDPOINT_URL;

/**
 * Writes `stack.json` into the data folder: where the running stack's services and data are, for the operator's command
 * and the benchmark. To be called while the stack's environment is set.
 *
 * @returns what removes it again; one that a kill left behind is replaced at the next start
 */
export const writeStackFile = async (folder: DataFolder, { url, stores, keyArn }: RunningStack) => {
  const path = folder.path('stack.json');
  const content = {
    endpoints: {
      dynamodb: variable('AWS_ENDPOINT_URL_DYNAMODB'),
      s3: variable('AWS_ENDPOINT_URL_S3'),
      kms: variable('AWS_ENDPOINT_URL_KMS'),
    },
    region: process.env.AWS_REGION,
    credentials: {
      accessKeyId: process.env.AWS_ACCESS_KEY_ID,
      secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
    },
    keyArn,
    outputs: {
      ApiUrl: url,
      TableName: stores.tableName,
      ArtifactsBucket: stores.artifactsBucket,
      ReleasesBucket: stores.releasesBucket,
    },
  };
  await writeWhole(path, `${JSON.stringify(content, null, 2)}\n`, 0o600);
  return () => rm(path, { force: true });
};
