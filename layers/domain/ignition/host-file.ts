import type { IgnitionFile } from './ignition.ts';
import { textResource } from './resource.ts';

/** A text file of root on a host; an ignition carries it, or an archive. */
export interface HostFile {
  /** Absolute. */
  readonly path: string;
  readonly mode: number;
  readonly text: string;
}

export const toIgnitionFile = ({ path, mode, text }: HostFile): IgnitionFile => ({
  path,
  overwrite: true,
  user: { name: 'root' },
  mode,
  contents: textResource(text),
});
