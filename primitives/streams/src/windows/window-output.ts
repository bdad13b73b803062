import type { Codec } from '../log/log.ts'
import type { Aggregate } from './aggregate.ts'

/** What a window came to. `startMs` inclusive, `endMs` exclusive, both event time. */
export interface WindowOutput<Result> {
  key: string
  startMs: number
  endMs: number
  /** 0 when the window closed; one more for each late event that changed it. */
  revision: number
  value: Result
}

/** What every kind of window processor is given. */
export interface WindowDefinition<In, Acc, Result> {
  name: string
  version: number
  input: { topic: string; codec: Codec<In> }
  output: { topic: string; codec: Codec<WindowOutput<Result>> }
  aggregate: Aggregate<In, Acc, Result>
  allowedLatenessMs?: number
  maxOutOfOrderMs?: number
  watermarkPer?: 'topic' | 'key'
}
