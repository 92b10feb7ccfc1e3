import type * as z from 'zod';
import type { CarriedFile, CarriedUnit } from '../host/host-file.ts';
import type { ImageType } from './image-type.ts';

/** The calls that settings come by; their refusals take precedence in different orders. */
export type SettingCall = 'registration' | 'update';

/** What a setting alone puts into an ignition. Each file takes the place of what is at its path, or adds to it. */
interface HostParts {
  readonly files?: readonly CarriedFile[];
  /** Each is merged into the one of its name. */
  readonly units?: readonly CarriedUnit[];
}

/** What becomes of a setting in the ISOs of one type. */
export interface Landing<Settings> {
  /** Where it is on a host, and what put it there; for a person, in Markdown. */
  readonly where: string;
  /** `nothing` where the binary, the merge or the standard ignition has a way of its own for it. */
  readonly adds: (settings: Settings) => HostParts;
}

export interface Change<Value> {
  /** What is stored so far. */
  readonly before: Value | undefined;
  readonly call: SettingCall;
}

/** Everything that the service knows of one setting of an infra-env. `Settings` are all of them, to look at others. */
export interface SettingRow<Asked, Value, Shown, Settings> {
  /** Of the setting in a request, for those who write one. */
  readonly description: string;
  /** The shape of a value in a request. What the value means is for `change` to judge. */
  readonly asked: z.ZodType<Asked>;
  /** The shape in which it is kept. */
  readonly stored: z.ZodType<Value>;
  /** The value to keep; undefined clears. @throws InvalidInput */
  readonly change: (asked: Asked, change: Change<Value>) => Value | undefined;
  /** The types of ISO that have it: a change to another clears what is stored. */
  readonly imageTypes: readonly ImageType[];
  /** Judges it beside the other settings, once it has been changed. @throws InvalidInput */
  readonly judge: (settings: Settings, type: ImageType) => void;
  /** The place of its refusals in the order of each call, lowest first (assisted-service API). */
  readonly precedence: Readonly<Record<SettingCall, number>>;
  /** The settings that it depends on, each with what there is between the two; for a person, in Markdown. */
  readonly pairs: { readonly [Other in keyof Settings]?: string };
  readonly answer: { readonly schema: z.ZodType<unknown, Shown>; readonly show: (value: Value | undefined) => Shown };
  /** Whether a change of it gives other artifacts; or what of it does, undefined for nothing. */
  readonly changesArtifact: boolean | ((settings: Settings) => unknown);
  /** Its part of `spec` in infraenv.yaml, which openshift-install is given. */
  readonly manifestSpec: (settings: Settings) => object;
  /** Who on site reads it last and may refuse it, so that the rules here are as strict; for a person, in Markdown. */
  readonly lastReader: string;
  readonly lands: Readonly<Record<ImageType, Landing<Settings>>>;
}

export const nothing = () => ({});

/** For a setting that stands on its own. */
export const alone = { judge: () => undefined, pairs: {} } as const;

/** Full and minimal ISOs that carry a setting alike. */
export const standardIsos = <Settings>(landing: Landing<Settings>) => ({
  'full-iso': landing,
  'minimal-iso': landing,
});
