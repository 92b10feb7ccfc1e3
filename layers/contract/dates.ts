/** The two date formats of the assisted-service API (its "date A" and "date B") and their zero values. */
export const zeroDateTime = '0001-01-01T00:00:00.000Z';
export const zeroTime = '0001-01-01T00:00:00Z';

/** Date A: always milliseconds. */
export const dateTime = (iso: string): string => new Date(iso).toISOString();

/** Date B: as many digits as the fraction needs. */
export const time = (iso: string): string => dateTime(iso).replace(/\.?0*Z$/, 'Z');
