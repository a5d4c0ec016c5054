/** How often, and how long, each thing is measured. */
export interface Rounds {
  readonly cold: number;
  /** Of cold starts under each other release of Node.js. */
  readonly releases: number;
  readonly warm: number;
  /** Of the routes that only fill: how often each number of them is measured, beside none. */
  readonly fillers: Readonly<Record<string, number>>;
  /** In a shorter time, some candidates are measured while V8 still makes them faster. */
  readonly warmMilliseconds: number;
  readonly bytes: number;
  readonly parts: number;
  readonly server: number;
  /** Whether the servers that do not stand on Koa are measured as well. */
  readonly isEveryServer: boolean;
  readonly serverFillers: Readonly<Record<string, number>>;
  readonly serverSeconds: number;
}

/** Some sixteen minutes on two cores. */
export const FULL: Rounds = {
  cold: 30,
  releases: 15,
  warm: 5,
  fillers: { 100: 2, 1000: 3 },
  warmMilliseconds: 600,
  bytes: 1,
  parts: 15,
  server: 3,
  isEveryServer: true,
  serverFillers: { 100: 1, 1000: 3 },
  serverSeconds: 2,
};

/** Cold starts alone: about a minute on two cores. */
export const COLD: Rounds = { ...FULL, cold: 15 };

/** A minute or two: enough to see that it works, and roughly what it comes to. */
export const QUICK: Rounds = {
  cold: 3,
  releases: 1,
  warm: 1,
  fillers: {},
  warmMilliseconds: 100,
  bytes: 1,
  parts: 1,
  server: 1,
  isEveryServer: false,
  serverFillers: { 1000: 1 },
  serverSeconds: 1,
};
