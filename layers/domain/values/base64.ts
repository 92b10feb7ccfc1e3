/** Base64 without the line ends that encoders like to put in, and that Go ignores. */
export const joinedBase64 = (text: string): string => text.replaceAll(/[\r\n]/g, '');

/** Whether the text is base64 of the standard alphabet, padded and in one line. */
export const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[0-9A-Za-z+/]*={0,2}$/.test(text);
