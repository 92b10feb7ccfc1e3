import * as z from 'zod';

/** A variable that names a KMS key. */
export const kmsKeyArn = z.string().regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/);

/** A variable that names a state machine. */
export const stateMachineArn = z.string().regex(/^arn:[\w-]+:states:[\w-]+:\d{12}:stateMachine:[\w-]+$/);
