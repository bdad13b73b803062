/** Scenarios in which the baseline fails seldom. */
export const searchedScenarios = [
  'cut-in',
  'hard-braking-lead',
  'child-running-out',
  'dog-walker',
  'bus-stop',
  'reversing-out',
]
/** Runs of one search. */
export const searchBudget = 200
export const searchSeeds = [1, 2]
