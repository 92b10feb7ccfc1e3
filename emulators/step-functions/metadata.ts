interface HasMetadata {
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** What the optimised integrations add to the result of a call. */
export const sdkMetadata = ({ $metadata }: HasMetadata) => ({
  SdkHttpMetadata: { HttpHeaders: {}, HttpStatusCode: $metadata.httpStatusCode ?? 200 },
  SdkResponseMetadata: { RequestId: $metadata.requestId ?? '' },
});

/** The answer of an SDK client without what only this SDK adds. */
export const withoutMetadata = <Output extends HasMetadata>({ $metadata: _, ...result }: Output) => result;

/** True for an error that a service answered, false for one that happened on the way to it. */
export const isFromService = (error: Error): boolean =>
  '$metadata' in error &&
  typeof error.$metadata === 'object' &&
  error.$metadata !== null &&
  'httpStatusCode' in error.$metadata &&
  error.$metadata.httpStatusCode !== undefined;
