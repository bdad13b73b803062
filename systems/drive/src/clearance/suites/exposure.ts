/**
 * How often a class of scenarios is met, in encounters per 1000 hours of driving in a town. Estimates of ours, to weigh classes by; put your own
 * operational domain's in their place before you read a rate as more than a comparison.
 */
const encountersPer1000Hours: Record<string, number> = {
  'cut-in': 900,
  rain: 120,
  'cut-out': 60,
  'lead-braking': 500,
  queue: 1500,
  'vulnerable-occluded': 40,
  'vulnerable-visible': 300,
  'double-parked': 400,
  cyclist: 350,
  night: 60,
  oncoming: 25,
  reversing: 120,
  'emergency-vehicle': 20,
  'left-turn': 1200,
  'right-turn': 600,
  'four-way': 500,
  'red-light-runner': 5,
  merge: 150,
  'left-turn-other': 40,
  crosswalk: 400,
  signals: 2500,
  'stop-sign': 300,
  town: 2000,
}

/** Encounters per 1000 hours; 100 for a class that is not listed. */
export function exposureOf(scenarioClass: string): number {
  return encountersPer1000Hours[scenarioClass] ?? 100
}
