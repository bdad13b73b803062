/** Of all replicas that may take a request now. */
export interface ReadyTotals {
  inFlight: number
  weight: number
  /** Requests without a first byte. */
  waiting: number
  /** Of prefill. */
  tokensPerSecond: number
}
