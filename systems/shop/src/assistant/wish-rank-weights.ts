/** Written by samples/training/train-wish-rank.ts. */
export const wishRankWeights: Readonly<Record<string, number>> = {
  score: 2.618,
  place: -0.309,
  placeOfKind: 0.15,
  kind: 1.232,
  kindOfGoods: -0.297,
  held: 4.063,
  heldRare: 4.319,
  named: 2.937,
  namedRare: 1.142,
  called: 0.173,
  granted: 1.448,
  stated: 0.633,
  isSpare: -0.131,
  isOut: 0.067,
}
