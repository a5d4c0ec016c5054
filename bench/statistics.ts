/** What many samples of one thing come to. */
export interface Summary {
  readonly median: number;
  /** A quarter of the samples are below, */
  readonly low: number;
  /** and a quarter above. */
  readonly high: number;
  readonly samples: number;
}

/** The middle of all samples; NaN of none. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** The value below which a share of the samples lies, interpolated. */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) return Number.NaN;
  const sorted = [...samples].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const next = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return sorted[below]! + (next - sorted[below]!) * (at - below);
}

/** The median, and the quarter on each side of it. */
export function summarise(samples: readonly number[]): Summary {
  return {
    median: median(samples),
    low: quantile(samples, 0.25),
    high: quantile(samples, 0.75),
    samples: samples.length,
  };
}
