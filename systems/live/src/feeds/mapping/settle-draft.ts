import type { Clocks } from '../../domain/clocks.ts'
import type { FeedEvent } from '../../domain/feed-event.ts'
import type { FeedItem } from '../feed-format.ts'
import type { JsonObject } from '../read-source.ts'
import { completeEvent } from './complete-event.ts'
import { RowFault, faultOf } from './mapped-event.ts'
import type { FeedMapping } from './mapping-schema.ts'
import type { MappedMatch } from './mapped-state.ts'
import { endOf, isLastWhistle } from './match-end.ts'
import { carOf, crossLine, fieldOf } from './standing.ts'
import type { StandingCar } from './standing.ts'

/** An event that is not yet filled from the ones before it. */
export interface Draft {
  event: JsonObject
  match: MappedMatch
  row: string
  id: string | null
  /** Whether it moves the standing. */
  isRacing: boolean
  /** What the row calls its car and who drives it: of this lap, since drivers change. Null where it says neither, or there is no standing. */
  named: Partial<Pick<StandingCar, 'number' | 'driver'>> | null
}

/** Fills an event from the ones before it, checks it, and tells what follows from it. */
export function settleDraft(
  { event, match, row, id, isRacing, named }: Draft,
  mapping: FeedMapping,
  as: 'file' | 'parts',
): FeedItem[] {
  const clocks = event['clocks'] as Clocks
  const items = standingNow(match, clocks.eventTimeMs, as)
  if (named !== null && typeof event['carId'] === 'string')
    Object.assign(carOf(match.standing, event['carId']), named)
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
    if (isNew) items.push(fieldItem(match, clocks.eventTimeMs, String(event['sourceRef']), as))
  }
  if (isLastWhistle(read, match, mapping)) items.push(...endOf(match, mapping))
  return items
}

function fieldItem(match: MappedMatch, atMs: number, sourceRef: string, as: 'file' | 'parts'): FeedItem {
  const facts = {
    totalLaps: match.match?.race?.totalLaps ?? null,
    trackLengthMetres: match.match?.race?.trackLengthMetres ?? null,
  }
  const clocks = { eventTimeMs: atMs, eventTimeFrom: 'session' as const, game: null, smpte: null }
  const event = { ...fieldOf(match.standing, atMs, facts), matchId: match.id, clocks, sourceRef }
  return as === 'parts' ? { event, id: `${sourceRef}|field` } : { event }
}

/** A standing that several rows of one instant made is told once. */
export function standingNow(match: MappedMatch, nowMs: number, as: 'file' | 'parts'): FeedItem[] {
  const atMs = match.pendingMs
  if (atMs === null || nowMs <= atMs) return []
  match.pendingMs = null
  return [fieldItem(match, atMs, match.lastRef, as)]
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)
