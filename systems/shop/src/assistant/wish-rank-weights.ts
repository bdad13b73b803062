/** Written by samples/training/train-wish-rank.ts. */
export const wishRankWeights: Readonly<Record<string, number>> = {
  score: 2.03,
  place: 0.285,
  placeOfKind: 0.179,
  kind: -0.362,
  kindOfGoods: 0.334,
  held: 3.804,
  heldRare: 3.822,
  named: 2.222,
  namedRare: 0.782,
  called: 0.349,
  granted: 0.679,
  stated: -0.493,
  isSpare: 0.298,
  isOut: 0.33,
}
