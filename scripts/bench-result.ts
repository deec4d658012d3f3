// What a measurement of test/bench answers to `npm run bench`.

export interface BenchResult {
  figures: Record<string, number>;
  /** Goal to whether it is met. */
  goals: Record<string, boolean>;
}
