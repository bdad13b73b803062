import type { Answer } from '../../cache/answer.ts'
import type { CacheState } from '../../metering/call-record.ts'
import type { Call } from './call.ts'
import type { ModelRoute } from '../route/model-route.ts'
import type { Sink } from '../answer/sink.ts'

/** A call with the model that is to serve it, and where its answer goes. */
export interface RoutedCall {
  call: Call
  route: ModelRoute
  sink: Sink
  /** The name under which limits look at it: what the client asked for, or the model that this stands for. */
  limitAs: string
  /** What was found in the caches before this model was asked. */
  cache: CacheState
  /**
   * Hears the answer at its clean end, before the client does; null for one that cannot be read as a chat completion or
   * is too large. Null, and nothing is decoded, where nobody wants it.
   */
  onAnswer: ((answer: Answer | null) => void) | null
}
