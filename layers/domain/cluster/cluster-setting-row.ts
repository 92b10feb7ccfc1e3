import type * as z from 'zod';

/** The calls that settings come by. */
export type ClusterCall = 'registration' | 'update';

/** The older way of naming one machine network, which a request may have beside the settings. */
export interface OlderParams {
  readonly machine_network_cidr?: string | null | undefined;
}

/** By the `installation` of the infra-env. */
export interface SiteLandings {
  readonly interactive: string;
  readonly prefilled: string;
  readonly unattended: string;
}

/** Everything that the service knows of one setting of a cluster; what it means beside others is for the rules. */
export interface ClusterSettingRow<Asked, Value> {
  /** Of the setting in a request, for those who write one. */
  readonly description: string;
  /** The calls that take it. */
  readonly calls: readonly ClusterCall[];
  /** The shape of a value in a request. */
  readonly asked: z.ZodType<Asked>;
  /** The shape in which it is kept. */
  readonly stored: z.ZodType<Value>;
  /** What a cluster has of which nothing is known: no items, or undefined where it is not set. */
  readonly empty: readonly [] | undefined;
  /** What a request asks for, in the stored form but for nulls, which are dropped; undefined: nothing. */
  readonly read: (asked: Asked | null | undefined, params: OlderParams) => unknown;
  /** What a PATCH puts in the place of: the value as a whole, or each of its members that it names. */
  readonly overlay: 'whole' | 'members';
  /** undefined: an answer shows it in other words. */
  readonly answer:
    | { readonly schema: z.ZodType; readonly show: (value: Value | undefined, clusterId: string) => unknown }
    | undefined;
  /** Where it is on site by the way of installing, or why it is nowhere; for a person, in Markdown. */
  readonly lands: SiteLandings;
}
