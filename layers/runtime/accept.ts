const json = ['application/json', 'application/*', '*/*'];

/** The media types that a client takes; of the weights only 0 counts, by which it takes one not. */
const taken = (accept: string): readonly string[] =>
  accept
    .split(',')
    .map((range) => range.split(';').map((part) => part.trim().toLowerCase()))
    .filter(([, ...parameters]) => !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)))
    .map(([media = '']) => media);

/**
 * Whether a client that sends such a header takes JSON; an empty one says nothing.
 *
 * @param accept an Accept header, e.g. `text/html, application/json;q=0.9`
 */
export const acceptsJson = (accept: string): boolean =>
  accept.trim() === '' || taken(accept).some((media) => json.includes(media));

/** Whether it names pages for people, as browsers do and programs do not. */
export const acceptsPages = (accept: string): boolean => taken(accept).includes('text/html');
