/** The failure of a task: its name is what Retry and Catch match, its message becomes the Cause. */
export const taskError = (name: string, cause: string): Error => Object.assign(new Error(cause), { name });
