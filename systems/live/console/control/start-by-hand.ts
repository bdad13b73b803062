import { soFar } from '../../air/so-far.js'
import type { GraphicListing } from '../../src/graphics/graphics-schemas.ts'
import type { Match } from '../../src/domain/match.ts'
import { api } from '../api.ts'

type Mapping = Parameters<typeof soFar>[1]

/** What a form begins with, and when the last of it was said; null: nothing of its kinds has been said of this match. */
export interface HandStart {
  data: Record<string, unknown>
  saidAtMs: number | null
}

/**
 * The data of a graphic as the insights of this match have it now, so that what is edited by hand begins with what is true. Where
 * nothing has been said it is the names and colours of the match alone.
 */
export async function startByHand(
  { id, manifest }: GraphicListing,
  match: Match,
  signal: AbortSignal,
): Promise<HandStart> {
  const mapping = (await import(/* @vite-ignore */ `/live/graphics/${id}/from-insight.js`)) as Mapping
  let saidAtMs: number | null = null
  const data = await soFar(
    async (kind) => {
      const answer = await api.get('/matches/:matchId/insights', {
        params: { matchId: match.id },
        query: { kind, limit: 1_000 },
        signal,
      })
      const newest = answer.insights[0]?.insight.clocks.eventTimeMs
      if (newest !== undefined) saidAtMs = Math.max(saidAtMs ?? 0, newest)
      return answer
    },
    mapping,
    match,
  )
  if (data !== undefined) return { data, saidAtMs }
  const names = {
    home: match.home?.abbreviation,
    away: match.away?.abbreviation,
    homeColour: match.home?.colour,
    awayColour: match.away?.colour,
  }
  const known = Object.entries(names).filter(
    ([name, value]) => typeof value === 'string' && name in manifest.schema.properties,
  )
  return { data: Object.fromEntries(known), saidAtMs: null }
}
