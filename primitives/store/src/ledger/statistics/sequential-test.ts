/**
 * Anytime-valid test that two arms convert at the same rate (Turner, Ly and Grünwald, "Generic E-variables for exact
 * sequential k-sample tests that allow for optional stopping", 2022). One may look after every unit and stop whenever
 * one likes: under equal rates the chance that the p-value ever falls to α is at most α, without approximation.
 *
 * Units enter in blocks of one per arm, in the order in which they were exposed; a unit whose partner has not come
 * yet waits. The rates that each block is bet on are the posterior means of the blocks before it.
 */
export class SequentialTest {
  /** Natural logarithm of the running product of e-values. */
  #logEvidence = 0
  #largestLogEvidence = 0
  #blocks = 0
  readonly #successes: [number, number] = [0, 0]

  /** Adds the next unit of each arm: whether it converted. */
  add(control: boolean, treatment: boolean): void {
    const rateControl = (this.#successes[0] + prior) / (this.#blocks + 2 * prior)
    const rateTreatment = (this.#successes[1] + prior) / (this.#blocks + 2 * prior)
    this.#logEvidence += Math.log(blockEvidence(control, treatment, rateControl, rateTreatment))
    this.#largestLogEvidence = Math.max(this.#largestLogEvidence, this.#logEvidence)
    this.#blocks++
    if (control) this.#successes[0]++
    if (treatment) this.#successes[1]++
  }

  /** `min(1, 1 / largest evidence so far)`: never rises again, valid at every look (Ville's inequality). */
  get pValue(): number {
    return Math.min(1, Math.exp(-this.#largestLogEvidence))
  }

  get blocks(): number {
    return this.#blocks
  }
}

/** Half a success and half a failure of each arm before the first block (Jeffreys' prior). */
const prior = 0.5

/**
 * E-value of one block for two betting rates. For any common true rate its expectation is at most 1, which is what
 * makes the test exact.
 */
export function blockEvidence(
  control: boolean,
  treatment: boolean,
  rateControl: number,
  rateTreatment: number,
): number {
  const common = (rateControl + rateTreatment) / 2
  return (
    (likelihood(control, rateControl) * likelihood(treatment, rateTreatment)) /
    (likelihood(control, common) * likelihood(treatment, common))
  )
}

function likelihood(success: boolean, rate: number): number {
  return success ? rate : 1 - rate
}
