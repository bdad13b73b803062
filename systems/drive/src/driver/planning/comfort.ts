/** What passengers find comfortable (nuPlan's closed-loop metrics, Karnchanachari et al. 2024, arXiv 2403.04133). */
export const comfort = {
  brakingMps2: -4.05,
  accelerationMps2: 2.4,
  lateralMps2: 4.89,
  jerkMps3: 8.37,
  longitudinalJerkMps3: 4.13,
  yawRateRadps: 0.95,
} as const
