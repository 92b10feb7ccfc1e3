import type { IncomingMessage, Server } from 'node:http';
import { Readable } from 'node:stream';
import * as z from 'zod';
import { arn } from '../account.ts';
import { intercepted } from '../http/intercepted.ts';
import { readBody } from '../http/read-body.ts';
import { type AccessControl, callerOf } from '../iam/access-control.ts';
import type { AccessRequest } from '../iam/policy.ts';
import { operationOf, refuse } from './dynamodb-call.ts';

export interface DynamoDbAccess {
  readonly control: AccessControl;
  /** Attribute whose value IAM knows as `dynamodb:LeadingKeys`. */
  readonly partitionKey: string;
}

const item = z.record(z.string(), z.looseObject({ S: z.string().optional() }));
const call = z.looseObject({
  TableName: z.string(),
  IndexName: z.string().optional(),
  Key: item.optional(),
  Item: item.optional(),
});

/** As DynamoDB: 16 MiB for a batch. */
const requestLimit = 16 * 1024 * 1024;

const inputOf = (body: Buffer): z.infer<typeof call> | undefined => {
  try {
    return call.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
};

/** Calls for several tables, or for none, name no table here: only the owner may make them. */
const requestOf = (operation: string, body: Buffer, partitionKey: string): AccessRequest => {
  const { TableName = '', IndexName, Key, Item } = inputOf(body) ?? {};
  const leadingKey = (Key ?? Item)?.[partitionKey]?.S;
  return {
    action: `dynamodb:${operation}`,
    resource: arn('dynamodb', `table/${TableName}${IndexName === undefined ? '' : `/index/${IndexName}`}`),
    ...(leadingKey === undefined ? {} : { context: { 'dynamodb:LeadingKeys': [leadingKey] } }),
  };
};

/** The request once more, for whoever reads it next. */
const again = ({ method, url, headers }: IncomingMessage, body: Buffer): IncomingMessage =>
  // As much of a request as dynalite reads of it.
  Object.assign(Readable.from([body]), { method, url, headers }) as IncomingMessage;

/** The server, which now answers AccessDeniedException to what its caller's role does not allow. */
export const guarded = (server: Server, { control, partitionKey }: DynamoDbAccess): Server =>
  intercepted(server, async (request, response, pass) => {
    const body = (await readBody(request, requestLimit).catch(() => undefined)) ?? Buffer.alloc(0);
    const call = requestOf(operationOf(request), body, partitionKey);
    const message = control.refusal(callerOf(request.headers), call);
    if (message === undefined) pass(again(request, body));
    else refuse(response, { status: 400, type: 'com.amazon.coral.service#AccessDeniedException', message });
  });
