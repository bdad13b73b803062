import { clamp } from '@heavylift/core/math'
import type { Sport } from '../../domain/match.ts'
import type { Tag } from '../../domain/tag.ts'
import { stretchLexemes } from './stretches.ts'

/** What is asked for; every condition that is given must hold. */
export interface TagQuery {
  matchId?: string | undefined
  sport?: Sport | undefined
  /** Type or any of its children: `score` finds `score.touchdown.pass`. Any of several. */
  types?: readonly string[] | undefined
  actorId?: string | undefined
  source?: Tag['source'] | undefined
  /** Words of the text and of names: all of them, `"a phrase"`, `or`, `-not`, as in web searches. */
  text?: string | undefined
  fromMs?: number | undefined
  toMs?: number | undefined
  period?: number | undefined
  /** Scoreboard seconds of a period; both bounds count. */
  secondsLeft?: { atLeast?: number | undefined; atMost?: number | undefined } | undefined
  importanceAtLeast?: number | undefined
}

export type TagOrder = 'newest' | 'oldest' | 'important'

/** Shares and seconds fall into steps, which are lexemes; exact bounds are checked on the rows. */
const inTenths = (importance: number): number => clamp(Math.floor(importance * 10), 0, 9)
const inHalfMinutes = (seconds: number): number => clamp(Math.floor(seconds / 30), 0, 60)

const steps = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)

/** A type and all its parents. */
function withParents(type: string): string[] {
  const parts = type.split('.')
  return parts.map((_, at) => parts.slice(0, at + 1).join('.'))
}

/** A name for a property as it stands among the words; no word has a colon. PostgreSQL takes lexemes of up to 2,046 bytes. */
const lexeme = (kind: string, value: string | number): string => `${kind}:${value}`.slice(0, 400)

/** The lexemes of a tag besides its words. The tenant is one, so that no tenant's search reads through another's tags. */
export function lexemesOf(tenantId: string, tag: Tag): string[] {
  return [
    lexeme('tenant', tenantId),
    lexeme('match', tag.matchId),
    lexeme('sport', tag.sport),
    lexeme('source', tag.source),
    lexeme('importance', inTenths(tag.importance)),
    ...(tag.game
      ? [lexeme('period', tag.game.period), lexeme('clock', inHalfMinutes(tag.game.secondsLeft))]
      : []),
    ...stretchLexemes('startMs', Math.round(tag.startMs)),
    ...stretchLexemes('importance', tag.importance),
    ...withParents(tag.type).map((type) => lexeme('type', type)),
    ...tag.actors.map((actor) => lexeme('actor', actor.id)),
  ]
}

const quoted = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** One condition: a tag that has none of these lexemes does not match. */
export type LexemeGroup = readonly string[]

/** Conditions besides words, the narrower first. Importance and clock are only bounded; the exact bounds come on top. */
export function groupsOf(query: TagQuery): LexemeGroup[] {
  const groups: LexemeGroup[] = []
  const add = (kind: string, values: readonly (string | number)[]) =>
    groups.push(values.map((value) => lexeme(kind, value)))
  if (query.matchId !== undefined) add('match', [query.matchId])
  if (query.actorId !== undefined) add('actor', [query.actorId])
  if (query.types !== undefined && query.types.length > 0) add('type', query.types)
  const { atLeast, atMost } = query.secondsLeft ?? {}
  if (atLeast !== undefined || atMost !== undefined) {
    const to = atMost === undefined ? 60 : inHalfMinutes(atMost)
    add('clock', steps(inHalfMinutes(atLeast ?? 0), to))
  }
  const from = query.importanceAtLeast === undefined ? 0 : inTenths(query.importanceAtLeast)
  if (from > 0) add('importance', steps(from, 9))
  if (query.period !== undefined) add('period', [query.period])
  if (query.source !== undefined) add('source', [query.source])
  if (query.sport !== undefined) add('sport', [query.sport])
  return groups
}

export const tenantGroup = (tenantId: string): LexemeGroup => [lexeme('tenant', tenantId)]

/** A tsquery that holds where any of the lexemes does. */
export const anyOf = (group: LexemeGroup): string => group.map(quoted).join(' | ')
