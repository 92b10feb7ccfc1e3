// A process that fetches the first half of an installer, says so, and waits to be killed.
import { Readable } from 'node:stream';
import { setInterval } from 'node:timers';
import { installerCache } from '#adapters/installer-cache/installer-cache.ts';
import type { Release } from '#domain/release/release.ts';
import { memoryLogger } from '#test/fakes/logger.ts';

const [cacheDir = '', described = ''] = process.argv.slice(2);
// Made by the test that started this.
const release = JSON.parse(described) as Release;

const half = async function* () {
  yield Buffer.alloc(release.installer.size / 2, 'a');
  process.stdout.write('half\n');
  setInterval(() => undefined, 60_000);
  await new Promise(() => undefined);
};

const cache = installerCache({
  imageDir: '/nonexistent',
  cacheDir,
  maxBytes: 10_000,
  objects: { open: async () => Readable.from(half()) },
  logger: memoryLogger(),
});
await cache.acquire(release, new AbortController().signal);
