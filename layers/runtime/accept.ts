const json = ['application/json', 'application/*', '*/*'];

/**
 * Whether a client that sends such a header takes JSON; an empty one says nothing. Of the weights only 0 counts: there is
 * one media type to offer.
 *
 * @param accept an Accept header, e.g. `text/html, application/json;q=0.9`
 */
export const acceptsJson = (accept: string): boolean =>
  accept.trim() === '' ||
  accept.split(',').some((range) => {
    const [media = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return json.includes(media) && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
