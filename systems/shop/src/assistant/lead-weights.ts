/** Written by samples/training/train-lead-trust.ts; see docs/decisions/0091 for data and figures. */
export const leadWeights: { bias: number; weights: Readonly<Record<string, number>> } = {
  bias: -0.68,
  weights: {
    held: 0.95,
    heldRare: 1.62,
    unsaid: -1.54,
    ahead: 0.92,
  },
}

/** What leads is said to fit from this probability on. */
export const trustedFrom = 0.43
