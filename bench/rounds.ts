/** How often, and how long, each thing is measured. */
export interface Rounds {
  readonly cold: number;
  readonly warm: number;
  /** Of the routes that only fill: how often each number of them is measured, beside none. */
  readonly fillers: Readonly<Record<string, number>>;
  readonly warmMilliseconds: number;
  readonly bytes: number;
  readonly parts: number;
  readonly server: number;
  readonly serverFillers: Readonly<Record<string, number>>;
  readonly serverSeconds: number;
}

/** Some ten minutes on two cores. */
export const FULL: Rounds = {
  cold: 30,
  warm: 5,
  fillers: { 100: 3, 1000: 3 },
  warmMilliseconds: 250,
  bytes: 1,
  parts: 5,
  server: 3,
  serverFillers: { 100: 2, 1000: 3 },
  serverSeconds: 2,
};

/** Some two minutes: enough to see that it works, and what it comes to. */
export const QUICK: Rounds = {
  cold: 5,
  warm: 1,
  fillers: { 1000: 1 },
  warmMilliseconds: 100,
  bytes: 1,
  parts: 1,
  server: 1,
  serverFillers: { 1000: 1 },
  serverSeconds: 1,
};
