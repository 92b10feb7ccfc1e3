import { toEventAnswer } from '#contract/event-answer.ts';
import { type ServiceEvent, severities } from '#domain/event.ts';
import { type Owner, owns } from '#domain/owner.ts';
import type { OperationRequest, Operations } from '#runtime/operation.ts';
import type { Dependencies } from './api-dependencies.ts';

type Query = OperationRequest<'ListEvents'>['query'];

const defaultLimit = 5000;

/** Counts for the headers, before the filter by severity (assisted-service API). */
const severityCounts = (events: readonly ServiceEvent[]): Record<string, string> =>
  Object.fromEntries(
    severities.map((severity) => [
      `severity-count-${severity}`,
      String(events.filter((event) => event.severity === severity).length),
    ]),
  );

const mentions = (text: string | undefined) => (event: ServiceEvent) =>
  text === undefined || event.message.toLowerCase().includes(text.toLowerCase());

/** Every event is of category `user`. */
const isOfCategory = ({ categories = ['user'] }: Query): boolean => categories.includes('user');

const asksForHosts = ({ host_ids, host_id }: Query): boolean => host_ids !== undefined || host_id !== undefined;

/** Whether a cluster's events that are of no host, as all are, are wanted: without a filter by host, or asked for. */
const wantsClusterLevel = (query: Query): boolean => {
  const { cluster_level, deleted_hosts } = query;
  const isFiltered = asksForHosts(query) || deleted_hosts === true;
  return !isFiltered || cluster_level === true;
};

const page = (events: readonly ServiceEvent[], { limit = defaultLimit, offset = 0, order }: Query) => {
  const ordered = order === 'descending' ? events.toReversed() : events;
  const rest = ordered.slice(Math.max(offset, 0));
  return limit < 0 ? rest : rest.slice(0, limit);
};

export const eventOperations = ({ clusters, infraEnvs, events }: Dependencies): Operations<'ListEvents'> => {
  // Somebody else's object and an unknown one look alike: no events. A deleted cluster still shows its own.
  const ofCluster = async (id: string, caller: Owner) => {
    const cluster = await clusters.get(id);
    return cluster !== undefined && owns(caller, cluster) ? events.ofCluster(id) : [];
  };

  const ofInfraEnv = async (id: string, caller: Owner) => {
    const infraEnv = await infraEnvs.get(id);
    return infraEnv !== undefined && owns(caller, infraEnv) ? events.ofInfraEnv(id) : [];
  };

  // A cluster goes before hosts, hosts before an infra-env (assisted-service API).
  const ofQuery = async (query: Query, caller: Owner) => {
    const { cluster_id, infra_env_id, message } = query;
    if (!isOfCategory(query)) return [];
    if (cluster_id !== undefined) {
      return wantsClusterLevel(query) ? (await ofCluster(cluster_id, caller)).filter(mentions(message)) : [];
    }
    return infra_env_id === undefined || asksForHosts(query) ? [] : ofInfraEnv(infra_env_id, caller);
  };

  return {
    ListEvents: async ({ caller, query }) => {
      const all = await ofQuery(query, caller);
      const wanted = all.filter(({ severity }) => query.severities?.includes(severity) ?? true);
      const counts = query.cluster_id === undefined ? {} : severityCounts(all);
      return {
        body: page(wanted, query).map(toEventAnswer),
        headers: { 'event-count': String(wanted.length), ...counts },
      };
    },
  };
};
