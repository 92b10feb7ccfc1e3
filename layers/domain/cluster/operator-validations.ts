import { operatorCatalogue } from '../catalogues/operator-catalogue.ts';
import type { ClusterSettings } from './cluster-settings.ts';
import { clusterOperators } from './operators.ts';
import type { Validation } from './validation.ts';

/** One operator's validation id is not spelled like its name (assisted-service API). */
const spelledForId: Readonly<Record<string, string>> = { numaresources: 'numa-resources' };

/** Whether the hosts suffice for an operator cannot be said before there are any. */
export const operatorValidations = (settings: ClusterSettings): readonly Validation[] => {
  const used = new Set(clusterOperators(settings).map(({ name }) => name));
  return [...operatorCatalogue.keys()].map((name) => ({
    id: `${spelledForId[name] ?? name}-requirements-satisfied`,
    ...(used.has(name)
      ? { status: 'pending', message: 'Hosts have not been discovered yet' }
      : { status: 'success', message: `${name} is disabled` }),
  }));
};
