import { type Built, buildCandidate } from './build.js';
import { todo } from './exchanges.js';
import { runChild } from './run-child.js';

/** A part of the way of a request, measured alone: from one input to one result. */
export interface Part {
  readonly name: string;
  readonly entry: string;
  readonly fillers: number;
  readonly inputs: readonly object[];
}

const TODOS = Array.from({ length: 64 }, (_, i) => todo(i));

/** Paths spread over all routes. */
const paths = (fillers: number) =>
  Array.from({ length: 64 }, (_, i) => ({ path: `/filler-${Math.floor((i * fillers) / 64)}/abc-${i}` }));

const lookup = (name: string, entry: string, fillers: number): Part => ({
  name: `${name} among ${fillers} routes`,
  entry,
  fillers,
  inputs: paths(fillers),
});

/** What is measured. */
export const PARTS: readonly Part[] = [
  { name: 'validation, twodoors', entry: 'validation-twodoors.part.ts', fillers: 0, inputs: TODOS },
  {
    name: 'validation, class-transformer + class-validator',
    entry: 'validation-class-transformer.part.ts',
    fillers: 0,
    inputs: TODOS,
  },
  lookup('lookup, twodoors', 'lookup-twodoors.part.ts', 10),
  lookup('lookup, twodoors', 'lookup-twodoors.part.ts', 1000),
  lookup('lookup, @koa/router', 'lookup-koa-router.part.ts', 10),
  lookup('lookup, @koa/router', 'lookup-koa-router.part.ts', 1000),
];

/** Bundles the parts, as candidates are. */
export async function buildParts(): Promise<ReadonlyMap<Part, Built>> {
  const built = new Map<Part, Built>();
  for (const part of PARTS) {
    built.set(part, await buildCandidate({ name: part.name, entry: part.entry, packages: [] }));
  }
  return built;
}

/** The time of one, in nanoseconds. */
export function partTime({ fillers, inputs }: Part, { file }: Built, milliseconds: number): Promise<number> {
  return runChild<number>('warm-child', ['part', file, JSON.stringify({ events: inputs, milliseconds })], { fillers });
}
