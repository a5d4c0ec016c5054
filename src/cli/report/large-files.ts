import { isUtf8 } from 'node:buffer';
import { contentTypeOf, isTextType } from '../../runtime/files/content-types.js';
import type { DeployedGateway } from '../config/gateways.js';
import type { PublicFiles } from '../project/public-files.js';

/** What a gateway takes of a function that does not stream, in bytes of the serialised result, and what it is called. */
const LIMITS: Readonly<Record<DeployedGateway, { readonly limit: number; readonly name: string }>> = {
  url: { limit: 6 * 1024 * 1024, name: 'a Function URL' },
  http: { limit: 6 * 1024 * 1024, name: 'an HTTP API' },
  rest: { limit: 6 * 1024 * 1024, name: 'a REST API' },
  alb: { limit: 1024 * 1024, name: 'a load balancer' },
};

/** Room for the status and the headers of a result. */
const HEAD = 2048;

/** Warns of public files that the gateway does not take as a reply. @param streaming whether replies are streamed */
export function warnOfLargeFiles(
  { files, roots }: PublicFiles,
  { gateway, streaming }: { readonly gateway: DeployedGateway; readonly streaming: boolean },
): string[] {
  if (streaming) return [];
  const { limit, name } = LIMITS[gateway];
  return Object.entries(roots).flatMap(([root, { folder, files: known }]) =>
    Object.keys(known)
      .filter((file) => sizeInResult(file, files.get(`${folder}/${file}`)!) + HEAD > limit)
      .map(
        (file) =>
          `${root}/${file} has ${inMegabytes(known[file]![1])} MB, which ${name} does not take: a reply is at most ${inMegabytes(limit)} MB there, with bytes as base64. Clients get a 500. Serve the file from S3 (twodoors build --assets FOLDER), or stream replies.`,
      ),
  );
}

/** How much a function may be, unzipped and with its layers (Lambda, quotas). */
const MAX_UNZIPPED = 250 * 1024 * 1024;

/** Warns of a function that Lambda does not take. @param files what is in its zip */
export function warnOfZipSize(files: ReadonlyMap<string, Uint8Array>): string[] {
  const bytes = [...files.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  return bytes <= MAX_UNZIPPED
    ? []
    : [
        `the function has ${inMegabytes(bytes)} MB unzipped, but Lambda takes ${inMegabytes(MAX_UNZIPPED)} MB. Remove packages from "lambda.zipPackages", or files from the public folders.`,
      ];
}

/** Text goes into JSON as it is, bytes as base64. */
function sizeInResult(name: string, content: Uint8Array): number {
  const isText = isTextType(contentTypeOf(name)) && isUtf8(content);
  if (isText) return Buffer.byteLength(JSON.stringify(Buffer.from(content).toString('utf8')));
  return Math.ceil(content.byteLength / 3) * 4;
}

function inMegabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, '');
}
