/** The account and region that the stand-ins belong to. */
export const accountId = '000000000000';
export const region = 'us-east-1';
export const partition = 'aws';

/** The full ARN of a regional resource, e.g. `arn:aws:lambda:us-east-1:000000000000:function:api`. */
export const arn = (service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
