/** Below this the fixed costs of a request hide the rate. */
const MIN_TOKENS = 512
const MAX_FACTOR = 20

/**
 * How fast a replica reads prompts, learned from when first tokens come. Starts from the configured rate and moves by
 * the logarithm of what was seen, a little each time and never far at once, so that one odd request moves it little.
 */
export class PrefillRate {
  readonly #configured: number
  tokensPerSecond: number

  constructor(configuredTokensPerSecond: number) {
    this.#configured = configuredTokensPerSecond
    this.tokensPerSecond = configuredTokensPerSecond
  }

  /** The first token of a request came after `elapsedMs`, with `tokens` to prefill before it, its own included. */
  observe(tokens: number, elapsedMs: number): void {
    if (tokens < MIN_TOKENS || elapsedMs <= 0) return
    const seen = (tokens / elapsedMs) * 1000
    const step = Math.max(-0.5, Math.min(0.5, Math.log(seen / this.tokensPerSecond)))
    const moved = this.tokensPerSecond * Math.exp(0.05 * step)
    this.tokensPerSecond = Math.max(
      this.#configured / MAX_FACTOR,
      Math.min(this.#configured * MAX_FACTOR, moved),
    )
  }
}
