/** Of all replicas that may take a request now. */
export interface ReadyTotals {
  replicas: number
  /** With what others sent, as far as replicas tell. */
  inFlight: number
  weight: number
  /** Requests without a first byte. */
  waiting: number
  /** Of prefill. */
  tokensPerSecond: number
}
