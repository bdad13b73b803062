import { createHash } from 'node:crypto'
import { createDecoder } from '@heavylift/core/rows'
import type { Decoder } from '@heavylift/core/rows'
import type { Clocks } from '../../domain/clocks.ts'
import type { FeedItem } from '../feed-format.ts'
import { matchIdFrom } from '../match-id.ts'
import type { JsonObject } from '../read-source.ts'
import { rejectOf } from '../read-source.ts'
import { blankEvents } from './blank-events.ts'
import { RowFault, carry, setAt } from './mapped-event.ts'
import { holds } from './conditions.ts'
import { learnTables, tablesOf } from './learnt-tables.ts'
import type { FeedMapping, Source } from './mapping-schema.ts'
import { clocksOf } from './mapped-clocks.ts'
import { createMappedRows } from './mapped-rows.ts'
import type { MappedRow, RowItem } from './mapped-rows.ts'
import { createMappedMatch, createMappedState } from './mapped-state.ts'
import type { HeldRow, MappedMatch, MappedState } from './mapped-state.ts'
import { isKnown, learnFacts, learnResult, matchOf } from './match-facts.ts'
import { endOf, isTimeUp } from './match-end.ts'
import type { Read } from './match-facts.ts'
import { ValueFault, readValue } from './read-value.ts'
import { isNothing, ownValueAt, textOf as text, withoutArrays } from './row-scope.ts'
import type { RowScope } from './row-scope.ts'
import { settleDraft, standingNow } from './settle-draft.ts'
import type { Draft } from './settle-draft.ts'
import { carOf, unnamed } from './standing.ts'

/** Rows that wait for both teams to be known, at most. */
const mostHeld = 120
/** Rows and matches that are remembered between the parts of a feed. */
const rowsRemembered = 1_000
const matchesRemembered = 50
/** So many rows of others, and no more come of a race: files of lap times come in pieces, by turns with those of other races. */
const rowsUntilOver = 500

export interface MappedReaderOptions {
  /** Names the feed in evidence. */
  name: string
  matchId: string | null
  /**
   * `file`: from beginning to end, so that matches end with it and rows are told by their number. `parts`: a live feed, whose
   * rows are told by what they say: one that is sent again is left out.
   */
  as: 'file' | 'parts'
}

/** Reads a feed by a mapping. Everything that it remembers is in `state`. */
export class MappedReader {
  /** Rows that were left out since they had come before. */
  repeated = 0
  #state: MappedState = createMappedState()
  readonly #mapping: FeedMapping
  readonly #options: MappedReaderOptions
  readonly #rows
  #decoder: Decoder | null = null
  #tables: Record<string, Record<string, unknown>> | null = null
  #drafts: Draft[] = []
  #rowsRead = 0
  /** Races that others have followed, with the row at which each is over; the first in time come first. */
  readonly #left = new Map<string, number>()

  constructor(mapping: FeedMapping, options: MappedReaderOptions) {
    this.#mapping = mapping
    this.#options = options
    this.#rows = createMappedRows(mapping, options.as === 'parts' ? () => this.#state : null)
  }

  get state(): MappedState {
    return this.#state
  }

  /** Goes on from what was remembered. */
  restore(state: MappedState): void {
    this.#state = state
    this.#tables = null
  }

  push(bytes: Uint8Array): FeedItem[] {
    this.#decoder ??= createDecoder(bytes)
    return this.pushText(this.#decoder.push(bytes))
  }

  pushText(text: string): FeedItem[] {
    return this.#take(this.#rows.push(text))
  }

  /** What is left at the end of a file, a body or a message; a file ends its matches. */
  end(): FeedItem[] {
    const rest = this.#decoder?.end() ?? ''
    this.#decoder = null
    const items = [...this.pushText(rest), ...this.#take(this.#rows.end())]
    return this.#options.as === 'file' ? [...items, ...this.#close()] : items
  }

  #take(rows: readonly RowItem[]): FeedItem[] {
    const items = rows.flatMap((row) => ('reject' in row ? [row] : this.#row(row)))
    // A file's document tells all that it knows of a match: nothing more is waited for.
    if (this.#options.as === 'file' && rows.some((row) => !('reject' in row) && row.isInDocument))
      for (const match of Object.values(this.#state.matches)) items.push(...this.#release(match, false))
    return items
  }

  #row(row: MappedRow): FeedItem[] {
    if (this.#options.as === 'file') return this.#guarded(row, () => this.#read(row, row.ref))
    const hash = createHash('sha1').update(row.raw()).digest('base64url').slice(0, 14)
    return this.#guarded(row, () => {
      const ref =
        this.#mapping.rowId === undefined ? hash : text(this.#value(row.scope, this.#mapping.rowId, 'rowId'))
      const { recent } = this.#state
      if (recent.includes(hash)) {
        this.repeated++
        return []
      }
      recent.push(hash)
      if (recent.length > rowsRemembered) recent.shift()
      return this.#read(row, ref ?? hash)
    })
  }

  /** A row that is not as it should be is left out, with what it would have been. */
  #guarded(
    row: Pick<MappedRow, 'ref'> & Partial<Pick<MappedRow, 'raw'>>,
    read: () => FeedItem[],
  ): FeedItem[] {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof RowFault)) throw error
      return [rejectOf(row.ref, error.message, row.raw?.() ?? '')]
    }
  }

  #value(
    scope: RowScope,
    source: Source | undefined,
    field: string,
    match: MappedMatch | null = null,
  ): unknown {
    if (source === undefined) return undefined
    const { totals } = this.#state
    const tables = (this.#tables ??= tablesOf(this.#mapping, this.#state))
    const teams = match === null ? null : (match.match ?? matchOf(match, this.#mapping))
    try {
      return readValue(scope, source, { tables, totals, at: `${match?.id ?? ''} ${field}`, teams })
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error
      throw new RowFault(`${error.message} It is read for "${field}".`)
    }
  }

  #read(row: MappedRow, ref: string): FeedItem[] {
    const mapping = this.#mapping
    const lacking = mapping.needs.find((column) => isNothing(ownValueAt(row.scope, column)))
    if (lacking !== undefined) throw new RowFault(`Column "${lacking}" is empty. Every row needs it.`)
    const learnt = learnTables(this.#state.learnt, mapping, row.scope, (source, field) =>
      this.#value(row.scope, source, field),
    )
    if (learnt) this.#tables = null
    const named = text(this.#value(row.scope, mapping.match.id, 'match.id'))
    const id =
      named === null
        ? matchIdFrom(this.#options.name, this.#options.matchId)
        : named.replaceAll(/[^\w.-]+/g, '-').slice(0, 100)
    const items: FeedItem[] = []
    const { matches, currentId } = this.#state
    if (currentId !== null && currentId !== id && this.#options.as === 'file' && mapping.order === 'feed') {
      const before = matches[currentId]
      if (mapping.standing !== undefined) this.#left.set(currentId, this.#rowsRead + rowsUntilOver)
      else if (before !== undefined) items.push(...this.#finish(before, true))
    }
    this.#rowsRead++
    this.#left.delete(id)
    for (const [left, due] of this.#left) {
      if (due > this.#rowsRead) break
      this.#left.delete(left)
      const over = matches[left]
      if (over !== undefined) items.push(...this.#finish(over, true))
    }
    this.#state.currentId = id
    const match = (matches[id] ??= createMappedMatch(id))
    for (const old of Object.keys(matches).slice(0, -matchesRemembered))
      if (this.#options.as === 'parts') delete matches[old]
    const scope = carry(row.scope, match, mapping)
    const read: Read = (source, field) => this.#value(scope, source, field, match)
    if (match.match === null) learnFacts(match, mapping, read)
    learnResult(match, mapping, read)
    if (!mapping.events.some(({ when }) => holds(when, scope))) return items
    if (match.match === null && !isKnown(match, mapping) && match.held.length < mostHeld) {
      match.held.push({ scope: this.#options.as === 'file' ? scope : withoutArrays(scope), ref })
      return items
    }
    try {
      return [...items, ...this.#release(match, true), ...this.#events(match, { scope, ref })]
    } catch (error) {
      // Without a lap of it, who came first is not known.
      match.standing.isWhole = false
      throw error
    }
  }

  /** Announces a match and reads the rows that waited for it. */
  #release(match: MappedMatch, isKnownNow: boolean): FeedItem[] {
    const { held } = match
    match.held = []
    if (!isKnownNow && held.length === 0) return []
    return held.flatMap((row) => this.#guarded(row, () => this.#events(match, row)))
  }

  #events(match: MappedMatch, row: HeldRow): FeedItem[] {
    const { order, standing } = this.#mapping
    const read: Read = (source, field) => this.#value(row.scope, source, field, match)
    const sourceRef = `${this.#options.name}#${row.ref}`
    // Once a row, whatever it becomes: reading counts.
    let clocks = clocksOf(match, this.#mapping, read)
    const items: FeedItem[] = []
    const isInOrderOfTime = order === 'time' && this.#options.as === 'file'
    // In order of time a match is announced at its end, when all that rows tell of it is known.
    if (!isInOrderOfTime && match.match === null) {
      items.push(...this.#announce(match, clocks, sourceRef))
      if (clocks.eventTimeFrom === 'game' && match.times !== null) {
        // Derived times rise: the event itself comes after its match.
        match.times.lastMs++
        clocks = { ...clocks, eventTimeMs: clocks.eventTimeMs + 1 }
      }
    }
    for (const [index, rule] of this.#mapping.events.entries()) {
      if (!holds(rule.when, row.scope)) continue
      const event: JsonObject = { kind: rule.kind, ...structuredClone(blankEvents[rule.kind]) }
      for (const [field, source] of Object.entries(rule.fields)) {
        const value = read(source, field)
        if (value !== undefined) setAt(event, field, value)
      }
      const id = this.#options.as === 'parts' ? `${row.ref}|${index}` : null
      const named = standing === undefined ? null : this.#namesOf(match, event, read)
      const isRacing = standing !== undefined && holds(standing.when, row.scope)
      const whole = { ...event, matchId: match.id, clocks, sourceRef }
      const draft = { event: whole, match, row: row.ref, id, isRacing, named }
      if (isInOrderOfTime) this.#drafts.push(draft)
      else items.push(...settleDraft(draft, this.#mapping, this.#options.as))
      if (!rule.also) break
    }
    return items
  }

  /** What a row calls its car. The first name of each stands from the start, so that one that comes late in a file is there in time. */
  #namesOf(match: MappedMatch, event: JsonObject, read: Read): Draft['named'] {
    if (typeof event['carId'] !== 'string') return null
    const { number, driver } = this.#mapping.standing ?? {}
    const [ownNumber, ownDriver] = [
      text(read(number, 'standing.number')),
      text(read(driver, 'standing.driver')),
    ]
    const named = {
      ...(ownNumber === null ? {} : { number: ownNumber }),
      ...(ownDriver === null ? {} : { driver: ownDriver }),
    }
    const isNew = match.standing.cars[event['carId']] === undefined
    const car = carOf(match.standing, event['carId'])
    if (isNew || car.driver === unnamed(event['carId'])) Object.assign(car, named)
    return named
  }

  #announce(match: MappedMatch, clocks: Clocks, sourceRef: string): FeedItem[] {
    if (match.match !== null) return []
    match.match = matchOf(match, this.#mapping)
    return [{ event: { kind: 'match', match: match.match, matchId: match.id, clocks, sourceRef } }]
  }

  /** The end of a match of which no more rows come. */
  #finish(match: MappedMatch, isNext: boolean): FeedItem[] {
    const items = [...this.#release(match, false), ...standingNow(match, Infinity, this.#options.as)]
    if (match.match === null) return items
    const { ends } = this.#mapping.match
    const isEnd =
      ends === 'feed' ||
      (ends === 'next' && (isNext || match.result !== null)) ||
      isTimeUp(match, this.#mapping)
    if (!isEnd) return items
    return [...items, ...endOf(match, this.#mapping)]
  }

  #close(): FeedItem[] {
    const items: FeedItem[] = []
    const matches = Object.values(this.#state.matches)
    for (const match of matches) items.push(...this.#release(match, false))
    const drafts = this.#drafts.toSorted((a, b) => timeOf(a.event) - timeOf(b.event))
    this.#drafts = []
    for (const draft of drafts) {
      const { event, match, row } = draft
      items.push(
        ...this.#announce(match, event['clocks'] as Clocks, String(event['sourceRef'])),
        ...this.#guarded({ ref: row }, () => settleDraft(draft, this.#mapping, this.#options.as)),
      )
    }
    for (const match of matches) items.push(...this.#finish(match, this.#left.has(match.id)))
    return items
  }
}

const timeOf = (event: JsonObject): number => (event['clocks'] as Clocks).eventTimeMs
