import { toEventAnswer } from '#contract/event-answer.ts';
import type { ServiceEvent, Severity } from '#domain/event.ts';
import { type Owner, owns } from '#domain/owner.ts';
import type { OperationRequest, Operations } from '#runtime/operation.ts';
import type { Dependencies } from './dependencies.ts';

type Query = OperationRequest<'ListEvents'>['query'];

const defaultLimit = 5000;

const severities: readonly Severity[] = ['info', 'warning', 'error', 'critical'];

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

  const ofQuery = async ({ cluster_id, infra_env_id, message }: Query, caller: Owner) => {
    if (cluster_id !== undefined) return (await ofCluster(cluster_id, caller)).filter(mentions(message));
    return infra_env_id === undefined ? [] : ofInfraEnv(infra_env_id, caller);
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
