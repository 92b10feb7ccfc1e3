// Streams a base ISO from S3 through this process with patches applied, and sends it nowhere: the least that a service has
// to do that makes the ISO at every download. Prints the seconds.
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from '#adapters/s3-client.ts';
import { applyPatches } from '#domain/composition/iso-patch.ts';
import type { BaseIso } from '#domain/release/release.ts';

// Made by the process that started this one.
const { bucket, key, size, layout } = JSON.parse(process.argv[2] ?? '') as BaseIso & { readonly bucket: string };
const patches = [{ offset: layout.ignition.offset, bytes: Buffer.alloc(layout.ignition.length, 1) }];

const started = performance.now();
const { Body } = await s3().send(new GetObjectCommand({ Bucket: bucket, Key: key }));
let start = 0;
// The body of an object in Node is a stream of buffers.
for await (const bytes of Body as unknown as AsyncIterable<Uint8Array>) {
  start += applyPatches({ start, bytes }, patches).length;
}
if (start !== size) throw new Error(`${start} of ${size} bytes came`);
console.log((performance.now() - started) / 1000);
