import * as z from 'zod';

/** A variable that names a state machine. */
export const stateMachineArn = z.string().regex(/^arn:[\w-]+:states:[\w-]+:\d{12}:stateMachine:[\w-]+$/);
