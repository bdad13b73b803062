/**
 * A replica that serves one model with continuous batching and chunked prefill. A step decodes one token for every
 * sequence that is past its prompt and prefills what is left of `chunkTokens`, in the order of arrival. It takes
 * `stepMs + decodeMs x sequences decoded + tokens prefilled / prefillTokensPerSecond`.
 */
export interface ServiceModel {
  prefillTokensPerSecond: number
  chunkTokens: number
  stepMs: number
  decodeMs: number
  /** Sequences at once. */
  maxSequences: number
  /** Tokens of keys and values that it holds: of running sequences first, the rest a cache of prefixes, by last use. */
  kvTokens: number
}

/** About a 70B model on a node of eight accelerators, whose prefixes (320 kB a token) may fill 1 TB of host memory. */
export const serviceModel: ServiceModel = {
  prefillTokensPerSecond: 10_000,
  chunkTokens: 2048,
  stepMs: 12,
  decodeMs: 0.2,
  maxSequences: 128,
  kvTokens: 3_000_000,
}
