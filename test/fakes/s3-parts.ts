import { onTestFinished } from 'vitest';
import { countS3Parts } from './s3-part-counter.ts';

/** What the S3 emulator of this process is sent until the running test ends. */
export const watchS3Parts = () => {
  const { parts, end } = countS3Parts();
  onTestFinished(() => {
    end();
  });
  return parts;
};
