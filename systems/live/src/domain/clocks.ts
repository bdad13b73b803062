/**
 * The clock on the scoreboard: counts down within a period (quarter, half, overtime 5, 6, …). In soccer periods are halves (1, 2), halves of
 * extra time (3, 4) and the shoot-out (5), and added time counts on below 0.
 */
export interface GameClock {
  period: number
  secondsLeft: number
}

/**
 * The three clocks of a broadcast, never mixed. `eventTimeMs` of an event is the wall clock where the feed has one, else
 * it is derived from the game clock and says so.
 */
export interface Clocks {
  /** Milliseconds since the epoch (UTC). */
  eventTimeMs: number
  eventTimeFrom: 'wall' | 'game' | 'session'
  game: GameClock | null
  /** SMPTE ST 12 timecode of the picture, `HH:MM:SS:FF` (`;FF` when drop-frame), or null. */
  smpte: string | null
}
