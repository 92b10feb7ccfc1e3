import { remembered } from './remembered.ts';

type Port<T> = { readonly [Name in keyof T]: (...args: never[]) => Promise<unknown> };

/**
 * A port whose adapter is loaded at the first call of one of its methods, with the packages that only it needs: a cold start
 * does not wait for what its first request has no use for. In a bundle each such adapter is a file of its own.
 *
 * @param load imports the adapter and makes it; tried again by the next call when it fails
 */
export const whenAsked = <T extends Port<T>>(load: () => Promise<T>): T => {
  const loaded = remembered(load);
  const method =
    (name: string) =>
    async (...args: never[]) => {
      const port = await loaded();
      return port[name as keyof T](...args);
    };
  // Not a promise itself: whoever awaits it is given the port.
  return new Proxy({} as T, {
    get: (_, name) => (typeof name === 'string' && name !== 'then' ? method(name) : undefined),
  });
};
