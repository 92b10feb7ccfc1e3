/** A systemd unit of an ignition; without contents it is the image's own. */
export interface Unit {
  readonly name: string;
  readonly enabled: true;
  readonly contents?: string;
}
