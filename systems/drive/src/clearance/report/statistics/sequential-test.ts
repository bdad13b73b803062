/** Why a sequential test is where it is. */
export type SequentialState = 'undecided' | 'within-limit' | 'above-aim'

/**
 * Wald's sequential probability ratio test of a rate of failures (Wald 1945): is it `limit` or more, or `aim` or less? One may look after every
 * case. The chance to call a rate at the limit or above "within-limit" is at most α, and one at the aim or below "above-aim" at most β. So the first
 * rules out the limit, and the second only the aim: a rate between the two may be called either.
 *
 * The evidence is also an e-process: its largest value so far, inverted, is an anytime-valid p-value of "at the limit or above" (Ville 1939).
 * It stands beside the ledger's test, which compares two arms; here there is one.
 */
export class SequentialTest {
  state: SequentialState = 'undecided'
  /** Cases until it was decided, or so far. */
  n = 0
  /** Natural logarithm of likelihood at the aim over likelihood at the limit. */
  logEvidence = 0
  #largest = 0
  readonly #onPass: number
  readonly #onFailure: number
  readonly #accept: number
  readonly #reject: number

  constructor({ limit, aim, alpha = 0.05, beta = 0.05 }: SequentialOptions) {
    this.#onPass = Math.log1p(-aim) - Math.log1p(-limit)
    this.#onFailure = Math.log(aim / limit)
    this.#accept = Math.log((1 - beta) / alpha)
    this.#reject = Math.log(beta / (1 - alpha))
  }

  /** Takes the next case; nothing once it is decided. */
  add(isFailure: boolean): SequentialState {
    if (this.state !== 'undecided') return this.state
    this.n++
    this.logEvidence += isFailure ? this.#onFailure : this.#onPass
    this.#largest = Math.max(this.#largest, this.logEvidence)
    if (this.logEvidence >= this.#accept) this.state = 'within-limit'
    else if (this.logEvidence <= this.#reject) this.state = 'above-aim'
    return this.state
  }

  /** Anytime-valid p-value of "the rate is at the limit or above". */
  get pValue(): number {
    return Math.exp(-this.#largest)
  }
}

export interface SequentialOptions {
  /** A rate that must not be cleared. */
  limit: number
  /** A rate that should be; below the limit. */
  aim: number
  alpha?: number
  beta?: number
}
