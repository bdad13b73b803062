/** One request's life, as whoever owns its sink sees it. */
export interface RunningCall {
  start(): void
  /** The client went away: whatever runs for it stops at once. Does nothing once it is over. */
  cancel(): void
  /** The client caught up. */
  drained(): void
  /** Of what is over, in millionths of a US dollar, with attempts that nobody got; 0 before. */
  readonly costMicros: number
}
