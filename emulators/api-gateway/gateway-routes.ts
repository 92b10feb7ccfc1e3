import { percentDecoded } from '../http/percent-decoded.ts';
import type { LocalFunction } from '../lambda/function.ts';
import type { Authorize } from './authorizer.ts';

/** A route of an HTTP API: `GET /v2/clusters/{id}`, `ANY /downloads/{proxy+}` or `$default`. */
export interface Route {
  readonly key: string;
  readonly target: LocalFunction;
  /** Absent: nobody is asked. */
  readonly authorize?: Authorize;
}

export interface Match {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface CompiledRoute {
  readonly route: Route;
  /** undefined: any. */
  readonly method: string | undefined;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  /** The smaller in text order, the more specific. */
  readonly rank: string;
}

const catchAll = '$default';
const variable = /^\{([^}+]+)(\+?)\}$/;

const segmentPattern = (segment: string): string => {
  const [, name, greedy] = variable.exec(segment) ?? [];
  if (name === undefined) return segment.replaceAll(/[^\w-]/g, '\\$&');
  return greedy === '+' ? '(.+)' : '([^/]+)';
};

const segmentRank = (segment: string): string => {
  const [, name, greedy] = variable.exec(segment) ?? [];
  if (name === undefined) return '0';
  return greedy === '+' ? '2' : '1';
};

const compile = (route: Route): CompiledRoute => {
  const [method = '', path = ''] = route.key.split(' ');
  const segments = path.split('/');
  return {
    route,
    method: method === 'ANY' ? undefined : method,
    pattern: new RegExp(`^${segments.map(segmentPattern).join('/')}$`),
    names: segments.flatMap((segment) => variable.exec(segment)?.[1] ?? []),
    rank: `${segments.map(segmentRank).join('')}|${method === 'ANY' ? 1 : 0}`,
  };
};

/**
 * Finds routes as API Gateway does: the most specific path first (a text before a variable before a greedy one), the
 * method before ANY, `$default` at last. Slashes are taken as they come.
 */
export const router = (routes: readonly Route[]): ((method: string, path: string) => Match | undefined) => {
  const compiled = routes
    .filter(({ key }) => key !== catchAll)
    .map(compile)
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
  const fallback = routes.find(({ key }) => key === catchAll);

  return (method, path) => {
    for (const candidate of compiled) {
      if (candidate.method !== undefined && candidate.method !== method) continue;
      const values = candidate.pattern.exec(path)?.slice(1);
      if (!values) continue;
      const named = candidate.names.map((name, index) => [name, percentDecoded(values[index] ?? '')]);
      return { route: candidate.route, pathParameters: Object.fromEntries(named) };
    }
    return fallback && { route: fallback, pathParameters: {} };
  };
};
