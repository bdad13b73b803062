/** Enough for the fixed costs of a request not to hide the rate. */
const SAMPLE_TOKENS = 4096
/** Of shorter prompts the steps between say more than the rate. */
const LEAST_TOKENS = 512
const SHARE = 0.1
const MAX_FACTOR = 20

/**
 * How fast a replica reads prompts, learned from when first tokens come. Starts from the configured rate and moves by
 * the logarithm of what was seen, a little each time and never far at once, so that one odd request moves it little.
 */
export class PrefillRate {
  readonly #configured: number
  #tokens = 0
  #busyMs = 0
  #samples = 0
  tokensPerSecond: number

  constructor(configuredTokensPerSecond: number) {
    this.#configured = configuredTokensPerSecond
    this.tokensPerSecond = configuredTokensPerSecond
  }

  /** `tokens` of a prompt were prefilled in the last `busyMs`, in which the replica had prefill to do. */
  observe(tokens: number, busyMs: number): void {
    if (tokens < LEAST_TOKENS) return
    this.#tokens += tokens
    this.#busyMs += busyMs
    if (this.#tokens < SAMPLE_TOKENS || this.#busyMs <= 0) return
    const seen = (this.#tokens / this.#busyMs) * 1000
    this.#tokens = 0
    this.#busyMs = 0
    const step = Math.max(-1, Math.min(1, Math.log(seen / this.tokensPerSecond)))
    // The first samples count for more, as nothing is known yet but the configured rate.
    const moved = this.tokensPerSecond * Math.exp(Math.max(SHARE, 1 / (2 + this.#samples++)) * step)
    this.tokensPerSecond = Math.max(
      this.#configured / MAX_FACTOR,
      Math.min(this.#configured * MAX_FACTOR, moved),
    )
  }
}
