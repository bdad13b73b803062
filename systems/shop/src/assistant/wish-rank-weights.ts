/** Written by samples/training/train-wish-rank.ts. */
export const wishRankWeights: Readonly<Record<string, number>> = {
  score: 2.163,
  place: 0.178,
  placeOfKind: 0.139,
  kind: 0.684,
  kindOfGoods: -0.477,
  held: 3.038,
  heldRare: 3.831,
  named: 2.337,
  namedRare: 0.933,
  called: 0.267,
  granted: 0.907,
  stated: 0.316,
  isSpare: -0.001,
  isOut: 0.231,
}
