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
  score: 1.176,
  place: -0.233,
  placeOfKind: -0.062,
  kind: 0.547,
  kindOfGoods: 0.312,
  held: 4.395,
  heldRare: 3.111,
  named: 2.612,
  namedRare: 0.42,
  called: 0.029,
  granted: 1.187,
  stated: 0.949,
  isSpare: -0.654,
  isOut: -0.848,
  near: 1.52,
}
