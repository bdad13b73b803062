/** What is shown where the address names no scenario: a crossroads with lights, oncoming traffic and people on foot, from just before they meet. */
export const firstScenario = {
  scenario: 'unprotected-left',
  set: 'walkers=2,oncoming=6,gapS=2.5',
  beginS: 8,
}

/** Scenario and parameters of an address, or the first ones; where it names only a scenario, its usual values. */
export function chosenScenario(url: { scenario: string; set: string }): { scenario: string; set: string } {
  return url.scenario === ''
    ? { scenario: firstScenario.scenario, set: firstScenario.set }
    : { scenario: url.scenario, set: url.set }
}
