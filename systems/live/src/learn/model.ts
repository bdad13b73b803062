/** Rows for training or scoring. */
export interface Dataset {
  /** Name of each column, with its unit. */
  columns: readonly string[]
  /** Rows × columns, row by row; NaN where a value is missing. */
  features: Float64Array
  /** 0 or 1 for a class, an amount for a regression; a class's index for several. */
  labels: Float64Array
  /** The game, run or building of each row: a split never cuts through one. */
  groups: readonly string[]
}

/** What a trained model can do, whatever is inside. `row` starts at `at` in `features`; writes into `out` (1 value, or one a class). */
export interface Predictor {
  predict(features: Float64Array, at: number, out: Float64Array): void
}

/**
 * K models, each trained without one part of the groups. A group that was trained on is answered only by the model that
 * never saw it; any other group by the mean of all. So committed weights can be scored on the very files that they were
 * trained on, and no row is ever scored by a model that saw its game.
 */
export interface CrossFitted {
  forGroup(group: string | null): Predictor
  /** The floor of its alerts for a game, learned from other games; null where none is, or none keeps what is promised. */
  floorFor(group: string | null): number | null
  columns: readonly string[]
}
