/** Does what a Task state's resource does. @throws taskError */
export type TaskHandler = (parameters: unknown) => Promise<unknown>;
