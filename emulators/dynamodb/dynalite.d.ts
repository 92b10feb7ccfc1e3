declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    /** Folder of the LevelDB store; in memory without it. */
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }

  /** A server that is not listening yet; closing it closes the store too. */
  const dynalite: (options?: DynaliteOptions) => Server;
  export default dynalite;
}
