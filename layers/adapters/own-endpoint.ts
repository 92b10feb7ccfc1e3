// The SDK itself finds an emulator through AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE>. What it does not derive
// from them are two habits of AWS's own host names: buckets as subdomains, and StartSyncExecution's `sync-` prefix.
export const hasOwnEndpoint = (service: 'S3' | 'SFN'): boolean =>
  (process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env.AWS_ENDPOINT_URL) !== undefined;
