import type { SoccerShot } from '../../domain/feed-event.ts'
import type { Team } from '../../domain/match.ts'
import type { FeedFormat, FeedItem } from '../feed-format.ts'
import type { JsonObject } from '../read-source.ts'
import { numberOf, readRows, rejectOf, shareOfColumns, textOf } from '../read-source.ts'
import { placeOf, providerLines } from './pitch.ts'
import { createSoccerGame } from './soccer-game.ts'
import type { SoccerRow } from './soccer-row.ts'
import { abbreviate } from './abbreviate.ts'

const wanted = [
  'id',
  'minute',
  'result',
  'X',
  'Y',
  'h_a',
  'situation',
  'shotType',
  'match_id',
  'h_team',
  'a_team',
] as const

const outcomes: Readonly<Record<string, SoccerShot['outcome']>> = {
  Goal: 'goal',
  SavedShot: 'saved',
  BlockedShot: 'blocked',
  ShotOnPost: 'post',
  MissedShots: 'off-target',
}
const situations: Readonly<Record<string, SoccerShot['situation']>> = {
  OpenPlay: 'open-play',
  FromCorner: 'corner',
  SetPiece: 'set-piece',
  DirectFreekick: 'direct-free-kick',
  Penalty: 'penalty',
}
const assists: Readonly<Record<string, SoccerShot['assist']>> = {
  Pass: 'pass',
  Chipped: 'pass',
  HeadPass: 'pass',
  LayOff: 'pass',
  Cross: 'cross',
  Throughball: 'through-ball',
  Rebound: 'rebound',
}

function faultOf(row: JsonObject): string | null {
  for (const column of ['id', 'match_id', 'h_team', 'a_team'] as const)
    if (textOf(row[column]) === '') return `Column "${column}" is empty.`
  const minute = numberOf(row['minute'])
  if (minute === null || minute < 0 || minute > 150)
    return `Column "minute" is "${textOf(row['minute'])}", expected 0 to 150.`
  const result = textOf(row['result'])
  if (result !== 'OwnGoal' && outcomes[result] === undefined)
    return `Column "result" is "${result}", expected ${Object.keys(outcomes).join(', ')} or OwnGoal.`
  return situations[textOf(row['situation'])] === undefined
    ? `Column "situation" is "${textOf(row['situation'])}", expected ${Object.keys(situations).join(', ')}.`
    : null
}

/** Minutes go on from half to half, and those added to the first fall among the second's: the file does not tell them apart. */
function rowOf(fields: JsonObject, ref: string): SoccerRow {
  const minute = numberOf(fields['minute']) ?? 0
  const period = minute <= 45 ? 1 : 2
  const side = textOf(fields['h_a']) === 'h' ? 'home' : 'away'
  const result = textOf(fields['result'])
  const id = textOf(fields['id']).replace(/\.0$/, '')
  const assistant = textOf(fields['player_assisted'])
  const body = textOf(fields['shotType'])
  return {
    actionId: id,
    period,
    seconds: (minute - (period === 2 ? 45 : 0)) * 60,
    side,
    sourceRef: ref,
    type: result === 'OwnGoal' ? 'own-goal' : 'shot',
    subType: result,
    playerId: textOf(fields['player_id']).replace(/\.0$/, '') || null,
    playerName: textOf(fields['player']) || null,
    otherPlayers: assistant === '' ? [] : [{ id: assistant, name: assistant, role: 'assist', side }],
    ...placeOf(providerLines.opta, 100 * (numberOf(fields['X']) ?? 0), 100 * (numberOf(fields['Y']) ?? 0)),
    ...(result === 'OwnGoal'
      ? {}
      : {
          shot: {
            outcome: outcomes[result] ?? 'off-target',
            bodyPart: body === 'Head' ? 'head' : body === 'OtherBodyPart' ? 'other' : 'foot',
            situation: situations[textOf(fields['situation'])] ?? 'open-play',
            assist: assists[textOf(fields['lastAction'])] ?? 'none',
          },
        }),
  }
}

const teamOf = (name: string): Team => ({ id: name, name, abbreviation: abbreviate(name), colour: null })

/** The kick-off, written in UTC without saying so. */
function startOf(date: string): number | null {
  const ms = Date.parse(`${date.replace(' ', 'T')}Z`)
  return Number.isNaN(ms) ? null : ms
}

/** One match of the file; its rows come one side after the other. */
function* matchEvents(
  held: readonly { fields: JsonObject; ref: string }[],
  name: string,
): Generator<FeedItem> {
  const first = held[0]
  if (!first) return
  const { fields, ref } = first
  const season = textOf(fields['season']).replace(/\.0$/, '')
  const league = /shots?_([a-z_]+?)_\d/.exec(name)?.[1]
  const game = createSoccerGame({
    matchId: textOf(fields['match_id']).replace(/\.0$/, ''),
    home: teamOf(textOf(fields['h_team'])),
    away: teamOf(textOf(fields['a_team'])),
    competition: [league, season].filter((part) => part).join(' ') || null,
    startMs: startOf(textOf(fields['date'])),
    sourceRef: `${name}#${ref}`,
  })
  yield { event: game.open() }
  const rows = held.map((one) => rowOf(one.fields, `${name}#${one.ref}`))
  const inOrder = rows.toSorted((a, b) => a.period - b.period || a.seconds - b.seconds)
  for (const row of inOrder) yield { event: game.play(row) }
  const stated = { home: numberOf(fields['h_goals']), away: numberOf(fields['a_goals']) }
  const end = game.close(`${name}#${held.at(-1)?.ref ?? ref}`)
  if (stated.home === null || stated.away === null) return
  if (stated.home !== game.score.home || stated.away !== game.score.away)
    yield rejectOf(
      ref,
      `The goals of this match add up to ${game.score.home}:${game.score.away}, its result is ${stated.home}:${stated.away}. The result is taken.`,
      '',
    )
  yield { event: { ...end, homeScore: stated.home, awayScore: stated.away } as typeof end }
}

/** Shots of whole seasons as CSV with Understat's columns: nothing but shots and own goals, a row each. */
export const soccerUnderstat: FeedFormat = {
  name: 'soccer-understat',
  title: 'Soccer shots with Understat’s columns, CSV',
  recognise(_name, head) {
    const share = shareOfColumns(head, wanted)
    return share === 1 ? 1 : share * 0.4
  },
  async *parse(source, options) {
    let held: { fields: JsonObject; ref: string }[] = []
    for await (const row of readRows(source, 'csv', options.signal)) {
      const ref = `row ${row.line}`
      const fault = 'code' in row ? row.reason : faultOf(row.fields)
      if ('code' in row || fault !== null) {
        yield rejectOf(ref, fault ?? '', row.raw)
        continue
      }
      if (held[0] && textOf(held[0].fields['match_id']) !== textOf(row.fields['match_id'])) {
        yield* matchEvents(held, options.name)
        held = []
      }
      held.push({ fields: row.fields, ref })
    }
    yield* matchEvents(held, options.name)
  },
}
