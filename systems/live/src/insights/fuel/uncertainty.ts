/** Quantile of the normal that leaves 80 % within ±. */
export const eightyPercent = 1.2816

/** Noise of an observed flow as a share of the flow near full load, over a second. */
const flowNoise = 0.03

/** Variance of an observed use of fuel over `seconds` by a gauge that reads off by `gaugeLitres`. */
export function observationVariance(flow: number, seconds: number, gaugeLitres: number): number {
  return (flowNoise * flow) ** 2 * seconds + 2 * gaugeLitres ** 2
}

/** Variance of predicted use: what the weights leave open, and the model's own error, a share of the fuel used. */
export function usedVariance(beliefVariance: number, used: number, modelError: number): number {
  return beliefVariance + (modelError * used) ** 2
}
