/**
 * US dollars a million tokens, which is millionths of a dollar a token. `from` prompts of so many tokens on, all tokens
 * of the call cost this.
 */
export interface Rates {
  from: number
  input: number
  cacheRead: number
  cacheWrite: number
  /** Kept for an hour instead of five minutes. */
  cacheWrite1h: number
  output: number
}
