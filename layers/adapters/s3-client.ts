import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { hasOwnEndpoint } from './own-endpoint.ts';

// Without WHEN_REQUIRED a presigned link would ask for checksums, which nobody who follows it computes or compares. Where a
// call is to have one, it says so itself.
export const s3 = (config: S3ClientConfig = {}): S3Client =>
  new S3Client({
    forcePathStyle: hasOwnEndpoint('S3'),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...config,
  });
