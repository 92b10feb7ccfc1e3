import fc from 'fast-check';

/** A user name, a password or a path of a proxy's URL as it is accepted: no encoded control characters. */
export const acceptedUrlPart = fc.stringMatching(/^([\w.~!$&()*+,;=-]|%[2-689A-F][0-9A-F]|%7[0-9A-E]){0,12}$/);
