import type { Codec } from '../log/log.ts'
import type { Processor, ProcessorContext } from '../processor/processor.ts'
import { VersionedTable } from './versioned-table.ts'

export interface AsOfJoin<In, Row, Out> {
  name: string
  version: number
  /** Carries both: events, and rows of the table. A row and the events that look it up share the event key. */
  input: { topic: string; codec: Codec<In> }
  output: { topic: string; codec: Codec<Out> }
  allowedLatenessMs?: number
  maxOutOfOrderMs?: number
  watermarkPer?: 'topic' | 'key'
  /** The row that a value brings, which holds from the value's event time; null when it is an event to be joined. */
  rowOf(value: In): { rowKey: string; row: Row } | null
  rowKeyOf(value: In): string
  /** `row`: the version that held at the event's time; undefined when there was none. Null: nothing is emitted. */
  join(value: In, row: Row | undefined): Out | null
}

export interface AsOfState<In, Row> {
  table: VersionedTable<Row>
  /** Events that wait until the watermark has passed them, since rows of their time may still come. Each has a timer by its id. */
  waiting: { id: string; atMs: number; value: In }[]
}

interface SavedState<In> {
  table: unknown
  waiting: AsOfState<In, unknown>['waiting']
}

/**
 * Joins events to a slowly changing table as it was at each event's time, whatever the order in which rows and events
 * come within `maxOutOfOrderMs`. A late event is joined at once; a late row serves events that are still to be joined.
 */
export function asOfJoin<In, Row, Out>(
  definition: AsOfJoin<In, Row, Out>,
): Processor<In, AsOfState<In, Row>, Out> {
  const latenessMs = definition.allowedLatenessMs ?? 0
  type Context = ProcessorContext<AsOfState<In, Row>, Out>

  return {
    ...definition,
    createState: () => ({ table: new VersionedTable<Row>(), waiting: [] }),
    saveState: ({ table, waiting }) => ({ table: table.toJSON(), waiting }),
    loadState(saved) {
      const { table, waiting } = saved as SavedState<In>
      return { table: VersionedTable.from<Row>(table), waiting }
    },
    onEvent({ id, eventTimeMs, value, isLate }, context) {
      const { table, waiting } = context.state
      const row = definition.rowOf(value)
      if (row) {
        table.set(row.rowKey, eventTimeMs, row.row)
      } else if (isLate) {
        joinNow({ id, atMs: eventTimeMs, value }, context)
      } else {
        waiting.push({ id, atMs: eventTimeMs, value })
        context.setTimer(id, eventTimeMs + 1)
      }
    },
    onTimer({ name, atMs }, context) {
      const { table, waiting } = context.state
      const event = waiting.find(({ id }) => id === name)
      if (event) joinNow(event, context)
      // Those of earlier timers that are still here are events whose join threw: they are dead letters.
      context.state.waiting = waiting.filter((other) => other !== event && other.atMs + 1 >= atMs)
      table.forgetBefore(atMs - 1 - latenessMs)
    },
  }

  function joinNow({ id, atMs, value }: AsOfState<In, Row>['waiting'][number], context: Context): void {
    const joined = definition.join(value, context.state.table.asOf(definition.rowKeyOf(value), atMs))
    if (joined === null) return
    context.emit({ rule: definition.name, eventTimeMs: atMs, part: id, value: joined })
  }
}
