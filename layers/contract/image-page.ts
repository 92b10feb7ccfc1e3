import { ServiceError } from '#domain/errors.ts';

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center }
main { box-sizing: border-box; width: min(36rem, 100%); padding: 1.5rem; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem }
p { margin: 1rem 0 0 }
progress { width: 100%; height: 1.25rem }
`;

const refreshSeconds = 5;

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

interface Page {
  readonly title: string;
  readonly content: string;
  readonly refresh: boolean;
}

const page = ({ title, content, refresh }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh ? `<meta http-equiv="refresh" content="${refreshSeconds}">` : ''}
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;

const progressOf = ({ progress }: ServiceError): string => {
  if (progress === undefined) return '<progress></progress>\n<p>It has just begun.</p>';
  const { done, parts } = progress;
  return `<progress max="${parts}" value="${done}"></progress>\n<p>${done} of ${parts} parts are there.</p>`;
};

const goesOn = '<p>The download starts by itself as soon as the ISO is there. You can leave this page open.</p>';

/**
 * What a person sees who opens the address of an image that cannot be downloaded yet, or not at all. Without scripts: the
 * page asks again by itself while the ISO is being composed, and is then answered with the download.
 *
 * @param reason for a person
 */
export const imagePage = (error: unknown, reason: string): string =>
  error instanceof ServiceError && error.isAwaited
    ? page({ title: 'The ISO is being composed', content: `${progressOf(error)}\n${goesOn}`, refresh: true })
    : page({ title: 'The ISO cannot be downloaded', content: `<p>${escaped(reason)}.</p>`, refresh: false });

/** Nothing but the page itself is loaded, and its address, which may hold a token, goes nowhere. */
export const imagePageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'referrer-policy': 'no-referrer',
  vary: 'accept',
};
