import * as z from 'zod';

/** How the function is called. The state machine's input holds strings only, so its revision is one. */
export const ignitionRequest = z.object({
  infra_env_id: z.guid(),
  revision: z.coerce.number<number | string>().int().min(1),
});

export type IgnitionRequest = z.output<typeof ignitionRequest>;

/** `superseded`: the infra-env was changed or deleted since the request was made, and nothing is left of the run. */
export type IgnitionAnswer = { readonly key: string; readonly superseded: false } | { readonly superseded: true };
