import type { Route } from '#contract/route-table.ts';
import type { HttpRequest } from './http-request.ts';

/** A row of the route table, as a request is compared to it. */
export interface Row {
  readonly operation: string;
  readonly method: string;
  readonly isPage: boolean;
  /** Of the path, with a group for each of its variables. */
  readonly pattern: RegExp;
}

type Place = Pick<HttpRequest, 'method' | 'path'>;

const countVariables = (path: string): number => path.split('{').length - 1;

/** Of rows that have a path, the one that names most of it comes first: `/v2/clusters/disconnected` is no id of a cluster. */
export const routeRows = (routes: Readonly<Record<string, Route>>) => {
  const rows: readonly Row[] = Object.entries(routes)
    .toSorted(([, a], [, b]) => countVariables(a.path) - countVariables(b.path))
    .map(([operation, { method, path, media = '' }]) => ({
      operation,
      method,
      isPage: media.startsWith('text/html'),
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
    }));

  return {
    /** The row that a request is for. */
    find: ({ method, path }: Place): Row | undefined =>
      rows.find((row) => row.method === method && row.pattern.test(path)),
    /** The methods that the path of a request has, sorted. */
    methodsOf: ({ path }: Place): readonly string[] =>
      [...new Set(rows.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))].toSorted(),
  };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** What stands in the places of a path's variables, as it was before the client made a URL of it. */
export const variablesIn = ({ pattern }: Row, { path }: Place): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(pattern.exec(path)?.groups ?? {}).map(([name, text]) => [name, decoded(text)]));
