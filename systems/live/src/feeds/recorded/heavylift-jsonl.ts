import type { FeedEvent } from '../../domain/feed-event.ts'
import type { FeedFormat } from '../feed-format.ts'
import { readRows, rejectOf } from '../read-source.ts'
import { feedEventSchema } from './feed-event-schema.ts'

/** One line of a recording, without the line's end. */
export function recordedLine(event: FeedEvent): string {
  return JSON.stringify(event)
}

/** Feed events as Heavylift itself writes them, one JSON object a line: recordings of simulations and of live feeds. */
export const heavyliftJsonl: FeedFormat = {
  name: 'heavylift-jsonl',
  title: 'Heavylift feed events, one JSON object a line',
  recognise(_name, head) {
    const text = new TextDecoder().decode(head)
    const end = text.indexOf('\n')
    const line = (end === -1 ? text : text.slice(0, end)).replace(/^\uFEFF/, '')
    const looksLikeOne =
      line.startsWith('{') && ['"kind":', '"matchId":', '"clocks":'].every((key) => line.includes(key))
    return looksLikeOne ? 0.95 : 0
  },
  async *parse(source, { signal }) {
    for await (const row of readRows(source, 'jsonl', signal)) {
      const where = String(row.line)
      if ('code' in row) {
        yield rejectOf(where, row.reason, row.raw)
        continue
      }
      const parsed = feedEventSchema.safeParse(row.fields)
      if (parsed.success) yield { event: parsed.data }
      else yield rejectOf(where, faultOf(parsed.error.issues), row.raw)
    }
  },
}

function faultOf(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const [first] = issues
  if (!first) return 'The line is no feed event.'
  const field = first.path.map(String).join('.') || 'the line'
  return `"${field}" is wrong: ${first.message}.`
}
