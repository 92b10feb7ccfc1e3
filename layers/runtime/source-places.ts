import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

const modulePlace = /(?<module>file:\/\/[^()\s]+\.mjs):(?<line>\d+):(?<column>\d+)/;

const maps = new Map<string, SourceMap | undefined>();

const readMap = (module: string): SourceMap | undefined => {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(module)}.map`, 'utf8')));
  } catch {
    return undefined;
  }
};

const mapOf = (module: string): SourceMap | undefined => {
  if (!maps.has(module)) maps.set(module, readMap(module));
  return maps.get(module);
};

/**
 * A line of a stack trace with the place in the TypeScript source, by the map beside the bundle; where there is none, as it
 * was. The map is read when the first error is logged: Node's own `--enable-source-maps` reads it at each cold start, a fifth
 * of its time.
 */
export const inSource = (frame: string): string => {
  const { module = '', line, column } = modulePlace.exec(frame)?.groups ?? {};
  const origin = mapOf(module)?.findOrigin(Number(line), Number(column));
  if (origin === undefined || !('fileName' in origin)) return frame;
  const { fileName, lineNumber, columnNumber } = origin;
  return frame.replace(modulePlace, `${fileName.replace(/^(\.\.\/)+/, '')}:${lineNumber}:${columnNumber}`);
};
