/** How many trials without a failure show, at a confidence, that a rate is at most `limit`. */
export function trialsToShow(limit: number, confidence = 0.95): number {
  return Math.ceil(Math.log1p(-confidence) / Math.log1p(-limit))
}
