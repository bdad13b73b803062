/** Written by samples/training/train-wish-rank.ts. */
export const wishRankWeights: Readonly<Record<string, number>> = {
  score: 2.601,
  place: -0.304,
  placeOfKind: 0.078,
  kind: 1.227,
  kindOfGoods: -0.269,
  held: 4.016,
  heldRare: 4.391,
  named: 2.801,
  namedRare: 1.124,
  called: 0.181,
  granted: 1.431,
  stated: 0.619,
  isSpare: -0.13,
  isOut: 0.066,
}
