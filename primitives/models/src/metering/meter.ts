import type { MeteredCall } from './call-record.ts'
import type { BeganCall, LiveCall, LiveStats } from './live-stats.ts'

/** What may be kept of a call when `log.prompts` is on. JSON text; keys in it are blotted out before it is stored. */
export interface CallText {
  request: string
  answer: string
}

/** The one door through which calls are counted. */
export interface Meter {
  readonly live: LiveStats
  /** At arrival, once tenant and model are known. */
  began(call: BeganCall): LiveCall
  /**
   * Counts a call that ended; call it before the response is ended. Synchronous: when it returns, the record is in the
   * operating system's hands, so that killing the process loses nothing. Statistics, Prometheus, the span and usage
   * follow from it. Never throws: a full disk is logged and counted in `models_calls_unwritten_total`.
   * `call`: what `began` returned; null for calls that were refused before. `text`: only when `log.prompts` is on.
   */
  record(record: MeteredCall, call: LiveCall | null, text?: CallText): void
}
