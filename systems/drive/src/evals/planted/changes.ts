/** Changes to the project's own stack that a clearance has to find, by name: twelve faults such as are made in earnest. */
export const faults = {
  'late-brake': 'Brakes act 0.3 s late.',
  'weak-brake': 'Brakes with 3 m/s² at most.',
  'blind-to-slow-cyclists': 'Loses bicycles below 3 m/s.',
  'stop-line-off': 'Takes stop lines to be 3 m further on.',
  'amber-for-green': 'Takes amber for green.',
  'others-stand': 'Predicts that everyone stays where they are.',
  'short-sighted': 'Sees people on foot within 12 m only.',
  'no-crosswalks': 'Has a map without crosswalks.',
  'no-stop-signs': 'Has a map without stop signs.',
  'pulls-left': 'Steers 1.5° too far to the left.',
  'deaf-to-sirens': 'Knows of no siren or blue light.',
  'blind-to-oncoming': 'Loses who comes towards it.',
} as const

/** Changes that make no difference to safety: none may be taken for a fault. */
export const neutralChanges = {
  same: 'Nothing.',
  'coarse-acceleration': 'Acceleration in steps of 0.01 m/s².',
  'coarse-steering': 'Steering in steps of 0.0005 rad.',
  'softer-drive': 'One per cent less drive.',
  'trembling-tracks': 'Tracks tremble by a centimetre.',
} as const

export type Fault = keyof typeof faults
export type Change = Fault | keyof typeof neutralChanges
