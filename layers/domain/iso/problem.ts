import { excerpt } from '../values/printable.ts';

/** Why an image cannot be customised: the one table of reasons and texts. */
const rows = {
  NotIso9660: () => 'this is not an ISO 9660 image: it has no volume descriptor in sector 16',
  Damaged: (d: { place: string; reason: string }) => `the ISO is damaged: ${d.place} ${d.reason}`,
  CutOff: (d: { size: number; needed: number }) =>
    `the ISO is cut off: it has ${d.size} of the ${d.needed} bytes of its volume; get it again`,
  OutsideImage: (d: { what: string }) => `${excerpt(d.what)} is beyond the end of the ISO`,
  TooLarge: (d: { what: string; size: number; limit: number }) =>
    `${excerpt(d.what)} has ${d.size} bytes, more than the ${d.limit} that are read`,
  NotSupported: (d: { path: string; reason: string }) => `${excerpt(d.path)} in the ISO ${d.reason}`,
  NotCoreOs: (d: { volumeId: string }) =>
    `this is not a CoreOS ISO: its volume id is "${excerpt(d.volumeId)}", which starts with none of rhcos-, scos-, fedora-coreos-`,
  NoEmbedArea: () =>
    'the ISO has no room for an ignition: it has neither /coreos/igninfo.json nor /images/ignition.img',
  FileMissing: (d: { path: string; namedIn: string }) =>
    `${d.namedIn} names ${excerpt(d.path)}, which is not in the ISO`,
  OutsideFile: (d: { area: string; path: string; size: number }) =>
    `the ${d.area} is not inside its file ${excerpt(d.path)} of ${d.size} bytes`,
  Overlap: (d: { one: string; other: string }) => `the ${d.one} and the ${d.other} overlap`,
  NoKernelArgumentArea: (d: { path: string }) =>
    `${excerpt(d.path)} holds no kernel arguments where /coreos/kargs.json says`,
  KernelArgumentsDiffer: (d: { path: string; other: string }) =>
    `${excerpt(d.path)} and ${excerpt(d.other)} hold different kernel arguments`,
} as const satisfies Record<string, (detail: never) => string>;

export type IsoReason = keyof typeof rows;
type Detail<Reason extends IsoReason> = Parameters<(typeof rows)[Reason]>;

/** An image that cannot be customised. Its message is one line for the operator: the reason. */
export class IsoProblem extends Error {
  override readonly name = 'IsoProblem';
  readonly reason: IsoReason;

  constructor(reason: IsoReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Builds the problem; the details that its text needs are checked by the compiler. */
export const isoProblem = <Reason extends IsoReason>(reason: Reason, ...detail: Detail<Reason>): IsoProblem => {
  const message = rows[reason] as (...d: Detail<Reason>) => string;
  return new IsoProblem(reason, message(...detail));
};

export const damaged = (place: string, reason: string): IsoProblem => isoProblem('Damaged', { place, reason });
