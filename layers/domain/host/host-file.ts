import { type TextResource, textResource } from './text-resource.ts';

/** A text file of root on a host; an ignition carries it, or an archive. */
export interface HostFile {
  /** Absolute. */
  readonly path: string;
  readonly mode: number;
  readonly text: string;
}

/** A text file of root as an ignition carries it: in the place of what is there, or added to it. */
export type CarriedFile = {
  readonly path: string;
  /** Absent for what is only added: whether the file is there is for the ISO to say. */
  readonly overwrite?: boolean;
  readonly user: { readonly name: 'root' };
  readonly mode: number;
  readonly contents?: TextResource;
  readonly append?: TextResource[];
};

/** A systemd unit as an ignition carries it; without contents it is the image's own or the binary's. */
export type CarriedUnit = {
  readonly name: string;
  readonly enabled?: boolean;
  readonly contents?: string;
  /** By how much its last drop-in makes it take longer: it raises the time limit that the unit has. */
  readonly waitSeconds?: number;
  readonly dropins?: { readonly name: string; readonly contents: string }[];
};

export const toIgnitionFile = ({ path, mode, text }: HostFile): CarriedFile => ({
  path,
  overwrite: true,
  user: { name: 'root' },
  mode,
  contents: textResource(text),
});
