import { InvalidInputError } from '@heavylift/core'
import type { FeedEvent } from '../domain/feed-event.ts'
import type { FeedItem } from '../feeds/feed-format.ts'
import { arraysIn } from '../feeds/mapping/mapped-rows.ts'
import { MappedReader } from '../feeds/mapping/mapped-reader.ts'
import { mappingFaults, mappingSchema, readMapping } from '../feeds/mapping/mapping-schema.ts'
import type { FeedMapping, MappingFault } from '../feeds/mapping/mapping-schema.ts'
import { cellsOf, columnsOfSample, rowsOfSample } from '../feeds/mapping/propose/sample-rows.ts'
import { writtenOf } from '../feeds/mapping/row-scope.ts'

export interface TriedRow {
  ref: string
  /** Written values by column. */
  cells: Record<string, string>
  events: FeedEvent[]
  /** Why nothing came of it; empty where it was passed over. */
  faults: { column: string | null; reason: string }[]
}

export interface Tried {
  /** What is wrong in the mapping itself; with any of these, rows are shown without events. */
  faults: MappingFault[]
  columns: { path: string; written: string; samples: string[]; filled: number }[]
  /** Lists in a document, in which rows may be. */
  lists: string[]
  rows: TriedRow[]
  counts: { rows: number; events: number; rejected: number; passedOver: number }
  kinds: Record<string, number>
  matches: { id: string; title: string }[]
  /** What belongs to no row that is shown. */
  notes: string[]
}

const rowsShown = 60
const rowsRead = 2_000

/** Rows of a sample beside what a mapping makes of them. Nothing is kept. */
export function tryMapping(text: string, name: string, written: unknown): Tried {
  const faults = mappingFaults(written)
  const mapping = faults.length === 0 ? readMapping(written) : bareMapping(written)
  const rows = rowsOfSample(text, mapping, rowsRead)
  const shown = rows.slice(0, rowsShown)
  const items = faults.length === 0 ? itemsOf(text, name, mapping) : []
  const events = items.flatMap((item) => ('event' in item ? [item.event] : []))
  const refOf = (event: FeedEvent): string => event.sourceRef.slice(name.length + 1)
  const rejects = items.flatMap((item) => ('reject' in item ? [item.reject] : []))
  const used = new Set([...events.map(refOf), ...rejects.map(({ where }) => where)])
  const refs = new Set(rows.map(({ ref }) => ref))
  const kinds: Record<string, number> = {}
  for (const { kind } of events) kinds[kind] = (kinds[kind] ?? 0) + 1
  return {
    faults,
    columns: columnsOfSample(rows).map(({ path, written: as, samples, filled }) => ({
      path,
      written: as,
      samples,
      filled,
    })),
    lists: listsOf(text),
    rows: shown.map((row) => ({
      ref: row.ref,
      cells: Object.fromEntries(
        Object.entries(cellsOf(row)).map(([path, value]) => [path, writtenOf(value).slice(0, 200)]),
      ),
      events: events.filter((event) => refOf(event) === row.ref),
      faults: rejects
        .filter(({ where }) => where === row.ref)
        .map(({ reason }) => ({
          column: /^"([^"]+)"|^Column "([^"]+)"/.exec(reason)?.slice(1).find(Boolean) ?? null,
          reason,
        })),
    })),
    counts: {
      rows: rows.length,
      events: events.length,
      rejected: rejects.length,
      passedOver: faults.length > 0 ? 0 : rows.filter(({ ref }) => !used.has(ref)).length,
    },
    kinds,
    matches: events.flatMap((event) =>
      event.kind === 'match' ? [{ id: event.matchId, title: event.match.title }] : [],
    ),
    notes: rejects.filter(({ where }) => !refs.has(where)).map(({ where, reason }) => `${where}: ${reason}`),
  }
}

function itemsOf(text: string, name: string, mapping: FeedMapping): FeedItem[] {
  const reader = new MappedReader(mapping, { name, matchId: null, as: 'file' })
  try {
    return [...reader.pushText(text), ...reader.end()]
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return [{ reject: { where: 'the sample', reason: error.message, raw: '' } }]
  }
}

/** A mapping that only finds rows, of what of a wrong one can be used for it. */
function bareMapping(written: unknown): FeedMapping {
  const given = typeof written === 'object' && written !== null ? (written as Record<string, unknown>) : {}
  const bare = {
    name: 'rows',
    sport: 'race',
    match: { id: { constant: '' } },
    clock: {},
    events: [{ kind: 'race-lap' }],
  }
  const { format, rows, columns } = given
  const parsed = mappingSchema.safeParse({ ...bare, format, rows, columns })
  return parsed.success ? parsed.data : readMapping(bare)
}

function listsOf(text: string): string[] {
  if (!/^\s*\{/.test(text)) return []
  try {
    return arraysIn(JSON.parse(text))
  } catch {
    return []
  }
}
