import { createHash } from 'node:crypto'
import { createDecoder } from '@heavylift/core/rows'
import type { Decoder } from '@heavylift/core/rows'
import type { Clocks } from '../../domain/clocks.ts'
import type { FeedEvent } from '../../domain/feed-event.ts'
import { nextClocks } from '../clocks/event-times.ts'
import type { FeedItem } from '../feed-format.ts'
import { matchIdFrom } from '../match-id.ts'
import type { JsonObject } from '../read-source.ts'
import { rejectOf } from '../read-source.ts'
import { blankEvents } from './blank-events.ts'
import { RowFault, carry, faultOf, setAt } from './mapped-event.ts'
import { completeEvent } from './complete-event.ts'
import { holds } from './conditions.ts'
import type { FeedMapping, Source } from './mapping-schema.ts'
import { clocksOf } from './mapped-clocks.ts'
import { createMappedRows } from './mapped-rows.ts'
import type { MappedRow, RowItem } from './mapped-rows.ts'
import { createMappedMatch, createMappedState } from './mapped-state.ts'
import type { HeldRow, MappedMatch, MappedState } from './mapped-state.ts'
import { isKnown, learnFacts, learnResult, matchOf, regulationOf } from './match-facts.ts'
import type { Read } from './match-facts.ts'
import { ValueFault, readValue } from './read-value.ts'
import { isNothing, ownValueAt, withoutArrays, writtenOf } from './row-scope.ts'
import type { RowScope } from './row-scope.ts'
import { carOf, crossLine, fieldOf, finishOrder } from './standing.ts'

/** Rows that wait for both teams to be known, at most. */
const mostHeld = 120
/** Rows and matches that are remembered between the parts of a feed. */
const rowsRemembered = 1_000
const matchesRemembered = 50

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

/** An event that is not yet filled from the ones before it. */
interface Draft {
  event: JsonObject
  match: MappedMatch
  row: string
  id: string | null
  /** Whether it moves the standing. */
  isRacing: boolean
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
    this.#learn(row.scope)
    const named = text(this.#value(row.scope, mapping.match.id, 'match.id'))
    const id =
      named === null
        ? matchIdFrom(this.#options.name, this.#options.matchId)
        : named.replaceAll(/[^\w.-]+/g, '-').slice(0, 100)
    const items: FeedItem[] = []
    const { matches, currentId } = this.#state
    if (currentId !== null && currentId !== id && this.#options.as === 'file' && mapping.order === 'feed') {
      const before = matches[currentId]
      if (before !== undefined) items.push(...this.#finish(before, true))
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

  #learn(scope: RowScope): void {
    for (const [name, { rows }] of Object.entries(this.#mapping.tables)) {
      if (rows === undefined || !holds(rows.when, scope)) continue
      const key = text(this.#value(scope, rows.key, `tables.${name}.key`))
      if (key === null) continue
      const entry = Object.fromEntries(
        Object.entries(rows.fields).map(([field, source]) => [
          field,
          this.#value(scope, source, `tables.${name}.${field}`),
        ]),
      )
      const learnt = (this.#state.learnt[name] ??= {})
      learnt[key] = entry
      this.#tables = null
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
      if (standing !== undefined) this.#nameCar(match, event, read)
      const isRacing = standing !== undefined && holds(standing.when, row.scope)
      const whole = { ...event, matchId: match.id, clocks, sourceRef }
      const draft = { event: whole, match, row: row.ref, id, isRacing }
      if (isInOrderOfTime) this.#drafts.push(draft)
      else items.push(...this.#complete(draft))
      if (!rule.also) break
    }
    return items
  }

  #nameCar(match: MappedMatch, event: JsonObject, read: Read): void {
    if (typeof event['carId'] !== 'string') return
    const { number, driver } = this.#mapping.standing ?? {}
    const car = carOf(match.standing, event['carId'])
    car.number = text(read(number, 'standing.number')) ?? car.number
    car.driver = text(read(driver, 'standing.driver')) ?? car.driver
  }

  #announce(match: MappedMatch, clocks: Clocks, sourceRef: string): FeedItem[] {
    if (match.match !== null) return []
    match.match = matchOf(match, this.#mapping)
    return [{ event: { kind: 'match', match: match.match, matchId: match.id, clocks, sourceRef } }]
  }

  /** Fills an event from the ones before it, checks it, and tells what follows from it. */
  #complete({ event, match, row, id, isRacing }: Draft): FeedItem[] {
    const clocks = event['clocks'] as Clocks
    const items = this.#pending(match, clocks.eventTimeMs)
    completeEvent(event, match, row)
    match.lastRef = String(event['sourceRef'])
    if (event['kind'] === 'race-flag')
      event['elapsedSeconds'] ??= Math.max(
        0,
        (clocks.eventTimeMs - (match.standing.startMs ?? clocks.eventTimeMs)) / 1000,
      )
    if (event['kind'] === 'race-position') {
      const position = numberOf(event['position'])
      if (typeof event['carId'] !== 'string' || position === null)
        throw new RowFault('A race-position needs "carId" and "position". Map them.')
      if (!isRacing) return items
      match.standing.hasPlaces = true
      carOf(match.standing, event['carId']).place = position
      match.pendingMs = clocks.eventTimeMs
      return items
    }
    const fault = faultOf(event)
    if (fault !== null) throw new RowFault(fault)
    const read = event as unknown as FeedEvent
    if (read.kind === 'match-end' || match.isOver) {
      if (match.isOver && read.kind === 'match-end') return items
      match.isOver = true
    }
    items.push(id === null ? { event: read } : { event: read, id })
    if (isRacing && read.kind === 'race-lap') {
      const isNew = crossLine(match.standing, read.carId, { ...read, atMs: clocks.eventTimeMs })
      if (isNew) items.push(this.#field(match, clocks.eventTimeMs, String(event['sourceRef'])))
    }
    if (this.#isLastWhistle(read, match)) items.push(...this.#over(match))
    return items
  }

  #field(match: MappedMatch, atMs: number, sourceRef: string): FeedItem {
    const facts = {
      totalLaps: match.match?.race?.totalLaps ?? null,
      trackLengthMetres: match.match?.race?.trackLengthMetres ?? null,
    }
    const clocks = { eventTimeMs: atMs, eventTimeFrom: 'session' as const, game: null, smpte: null }
    const event = { ...fieldOf(match.standing, atMs, facts), matchId: match.id, clocks, sourceRef }
    return this.#options.as === 'parts' ? { event, id: `${sourceRef}|field` } : { event }
  }

  /** A standing that several rows of one instant made is told once. */
  #pending(match: MappedMatch, nowMs: number): FeedItem[] {
    const atMs = match.pendingMs
    if (atMs === null || nowMs <= atMs) return []
    match.pendingMs = null
    return [this.#field(match, atMs, match.lastRef)]
  }

  #isLastWhistle(event: FeedEvent, match: MappedMatch): boolean {
    const isEnd =
      (event.kind === 'nba-action' && event.actionType === 'period' && event.subType === 'end') ||
      (event.kind === 'nfl-play' && event.playType === 'period_end')
    return isEnd && match.scores.home !== match.scores.away && this.#isTimeUp(match)
  }

  #isTimeUp(match: MappedMatch): boolean {
    const { sport, match: declared } = this.#mapping
    const periods = regulationOf(match)?.periods ?? 4
    // Only football ends level, after overtime.
    const mayEnd = match.scores.home !== match.scores.away || (sport === 'nfl' && match.period > periods)
    return (
      (declared.ends === 'clock' || declared.ends === 'next') &&
      match.secondsLeft === 0 &&
      match.period >= periods &&
      mayEnd
    )
  }

  #over(match: MappedMatch): FeedItem[] {
    if (match.isOver || match.match === null || match.times === null) return []
    match.isOver = true
    const isRace = match.match.sport === 'race'
    const { scores, result, period, secondsLeft, lastRef: sourceRef } = match
    const game = secondsLeft === null ? null : { period, secondsLeft }
    const wallMs = match.standing.startMs === null ? null : lastMs(match)
    const clocks = nextClocks(match.times, this.#mapping.sport, game, wallMs, regulationOf(match))
    const said = result ?? scores
    const end = {
      kind: 'match-end' as const,
      homeScore: isRace ? null : said.home,
      awayScore: isRace ? null : said.away,
      order: isRace ? finishOrder(match.standing) : null,
    }
    const items: FeedItem[] = [{ event: { ...end, matchId: match.id, clocks, sourceRef } }]
    if (result !== null && (result.home !== scores.home || result.away !== scores.away))
      items.unshift(
        rejectOf(
          sourceRef.slice(sourceRef.indexOf('#') + 1),
          `The rows of match ${match.id} add up to ${scores.home}:${scores.away}, the result that they state is ${result.home}:${result.away}. It is taken.`,
          '',
        ),
      )
    return items
  }

  /** The end of a match of which no more rows come. */
  #finish(match: MappedMatch, isNext: boolean): FeedItem[] {
    const items = [...this.#release(match, false), ...this.#pending(match, Infinity)]
    if (match.match === null) return items
    const { ends } = this.#mapping.match
    const isEnd =
      ends === 'feed' || (ends === 'next' && (isNext || match.result !== null)) || this.#isTimeUp(match)
    if (!isEnd) return items
    return [...items, ...this.#over(match)]
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
        ...this.#guarded({ ref: row }, () => this.#complete(draft)),
      )
    }
    for (const match of matches) items.push(...this.#finish(match, false))
    return items
  }
}

const tablesOf = (mapping: FeedMapping, { learnt }: MappedState): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(mapping.tables).map(([name, { entries }]) => [name, { ...entries, ...learnt[name] }]),
  )
const timeOf = (event: JsonObject): number => (event['clocks'] as Clocks).eventTimeMs
const lastMs = (match: MappedMatch): number =>
  Math.max(...Object.values(match.standing.cars).map(({ crossedMs }) => crossedMs ?? 0))
const text = (value: unknown): string | null =>
  value === undefined || value === null || value === '' ? null : writtenOf(value)
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)
