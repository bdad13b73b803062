/** Cases of the determinism bench where nobody says how many. */
export const determinismRuns = 10_000

/**
 * Vehicles on the rings, the step of their traffic, and rounds, of which the fastest counts: the others had to share the core, or ran code that was not
 * compiled yet.
 */
export const ringVehicles = 10_000
export const ringStepS = 0.1
export const ringRounds = 7

/** Cases of the drivers bench where nobody says how many, and frames that go to and fro without anybody looking into them. */
export const driverCases = 300
export const echoFrames = 2000
