import { placesOfNetworks } from '../network/host-to-store.ts';
import type { Draft, Field } from './draft.ts';
import { fieldOfReason, reasonsIn } from './field-of-reason.ts';
import type { Problems } from './problems.ts';

interface Refused {
  readonly byField: Problems;
  /** What is about no field of the form. */
  readonly rest: string | undefined;
}

/** What the service said against a draft, at the fields that it is about. */
export const refusedFields = (message: string, { hosts }: Draft): Refused => {
  const places = placesOfNetworks(hosts);
  const reasons = reasonsIn(message).map((reason) => ({ reason, field: fieldOfReason(reason, places) }));
  const ofField = reasons.filter(({ field }) => field !== undefined);
  const byField = Map.groupBy(ofField, ({ field }) => field as Field);
  const rest = reasons.filter(({ field }) => field === undefined).map(({ reason }) => reason);
  return {
    byField: new Map([...byField].map(([field, found]) => [field, found.map(({ reason }) => reason).join('\n')])),
    rest: rest.length === 0 ? undefined : rest.join('\n'),
  };
};
