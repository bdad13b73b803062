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
  near: 0,
}

/** Where meaning is known. */
export const wishRankWeightsNear: Readonly<Record<string, number>> = {
  score: 1.11,
  place: -0.016,
  placeOfKind: -0.193,
  kind: 0.37,
  kindOfGoods: 0.865,
  held: 4.394,
  heldRare: 2.953,
  named: 0.336,
  namedRare: 0.159,
  called: 0.008,
  granted: 1.353,
  stated: 1.264,
  isSpare: -0.371,
  isOut: -0.837,
  near: 1.454,
}
