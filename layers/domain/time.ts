/** A moment so many seconds after another one, in whole seconds since 1970: how ends of life are kept. */
export const secondsAfter = (moment: Date, seconds: number): number => Math.floor(moment.getTime() / 1000) + seconds;
