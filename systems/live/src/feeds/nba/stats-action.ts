import type { NbaAction } from '../../domain/feed-event.ts'
import type { Side } from '../../domain/match.ts'
import { otherSide } from '../../domain/match.ts'
import type { JsonObject } from '../read-source.ts'
import { numberOf, textOf } from '../read-source.ts'
import { pointsOf } from './cdn-action.ts'

/** What a row is in the CDN's terms. */
interface Kind {
  actionType: string
  subType: string
}

const turnovers: Readonly<Record<number, string>> = {
  1: 'bad pass',
  2: 'lost ball',
  4: 'traveling',
  5: 'offensive foul',
  6: 'double dribble',
  7: 'discontinue dribble',
  8: '3-second violation',
  9: '5-second violation',
  10: '8-second violation',
  11: 'shot clock',
  12: 'inbound',
  13: 'backcourt',
  15: 'offensive goaltending',
  17: 'lane violation',
  18: 'jump ball violation',
  19: 'kicked ball',
  20: 'illegal assist',
  21: 'palming',
  36: 'illegal screen',
  37: 'offensive foul',
  38: '5-second violation',
  39: 'out-of-bounds',
  40: 'out-of-bounds',
  45: 'out-of-bounds',
}
const violations: Readonly<Record<number, string>> = {
  1: 'delay-of-game',
  2: 'defensive goaltending',
  3: 'lane',
  4: 'jump ball',
  5: 'kicked ball',
}
const offensiveFouls = new Set([4, 26])
const technicalFouls = new Set([11, 12, 13, 16, 17, 18, 19, 25, 30])

function shotStyle(words: string): string {
  if (/dunk/i.test(words)) return 'DUNK'
  if (/layup|finger roll/i.test(words)) return 'Layup'
  return /hook/i.test(words) ? 'Hook' : 'Jump Shot'
}

/** The CDN's words for a row, by EVENTMSGTYPE 1 to 13 and 18; null for a number that the feed does not document. */
export function kindOfRow(
  type: number,
  action: number,
  words: string,
  isDefensiveRebound: boolean,
): Kind | null {
  switch (type) {
    case 1:
    case 2:
      return { actionType: /\b3PT\b/.test(words) ? '3pt' : '2pt', subType: shotStyle(words) }
    case 3:
      return {
        actionType: 'freethrow',
        subType: /\d of \d/.exec(words)?.[0] ?? (/Technical/.test(words) ? 'technical' : '1 of 1'),
      }
    case 4:
      return { actionType: 'rebound', subType: isDefensiveRebound ? 'defensive' : 'offensive' }
    case 5:
      return { actionType: 'turnover', subType: turnovers[action] ?? 'other' }
    case 6:
      return {
        actionType: 'foul',
        subType: offensiveFouls.has(action)
          ? 'offensive'
          : technicalFouls.has(action)
            ? 'technical'
            : 'personal',
      }
    case 7:
      return { actionType: 'violation', subType: violations[action] ?? 'other' }
    case 8:
      return { actionType: 'substitution', subType: 'out' }
    case 9:
      return { actionType: 'timeout', subType: action === 2 ? 'short' : action === 4 ? 'official' : 'full' }
    case 10:
      return { actionType: 'jumpball', subType: 'recovered' }
    case 11:
      return { actionType: 'ejection', subType: 'other' }
    case 12:
      return { actionType: 'period', subType: 'start' }
    case 13:
      return { actionType: 'period', subType: 'end' }
    case 18:
      return { actionType: 'instantreplay', subType: 'request' }
    default:
      return null
  }
}

/** A person of a row: player, team or coach. PERSONTYPE 2, 4, 6 are home, 3, 5, 7 visitors. */
export interface RowPerson {
  side: Side | null
  isPlayer: boolean
  id: string
  name: string
}

export function personOf(row: JsonObject, number: 1 | 2 | 3): RowPerson | null {
  const type = numberOf(row[`PERSON${number}TYPE`]) ?? 0
  const id = numberOf(row[`PLAYER${number}_ID`]) ?? 0
  if (id === 0 && type === 0) return null
  const side = type >= 2 && type <= 7 ? (type % 2 === 0 ? 'home' : 'away') : null
  return {
    side,
    isPlayer: type === 4 || type === 5,
    id: String(id),
    name: textOf(row[`PLAYER${number}_NAME`]),
  }
}

export const wordsOf = (row: JsonObject): string =>
  ['HOMEDESCRIPTION', 'VISITORDESCRIPTION', 'NEUTRALDESCRIPTION']
    .map((column) => textOf(row[column]))
    .filter((text) => text !== '')
    .join(' | ')

type Action = Omit<NbaAction, 'possession'>

/**
 * The actions of a row: one, or two where the CDN has two (a steal after the turnover, a block after the shot, the
 * player who comes in after the one who goes out). `scores` are after it.
 */
export function actionsOfRow(
  row: JsonObject,
  kind: Kind,
  scores: { homeScore: number; awayScore: number },
): Action[] {
  const [first, second, third] = [personOf(row, 1), personOf(row, 2), personOf(row, 3)]
  const type = numberOf(row['EVENTMSGTYPE'])
  const isShot = type === 1 || type === 2 || type === 3
  const isMade = isShot ? type === 1 || (type === 3 && !/\bMISS\b/.test(wordsOf(row))) : null
  const side = kind.actionType === 'jumpball' ? (third?.side ?? null) : (first?.side ?? null)
  const base: Action = {
    kind: 'nba-action',
    actionId: textOf(row['EVENTNUM']),
    ...kind,
    side,
    playerId: first?.isPlayer === true ? first.id : null,
    playerName: first?.isPlayer === true ? first.name : null,
    otherPlayers: [],
    isMade,
    points: pointsOf(kind.actionType, isMade),
    ...scores,
    x: null,
    y: null,
    description: wordsOf(row),
  }
  const add = (person: RowPerson | null, role: string) => {
    if (person?.isPlayer === true)
      base.otherPlayers.push({ id: person.id, name: person.name, role, side: person.side })
  }
  const follow = (person: RowPerson | null, actionType: string, subType: string): Action[] => {
    if (person?.isPlayer !== true) return [base]
    const actionId = `${base.actionId}-${subType || actionType}`
    const by = { side: person.side, playerId: person.id, playerName: person.name }
    return [
      base,
      { ...base, ...by, actionId, actionType, subType, isMade: null, points: 0, otherPlayers: [] },
    ]
  }
  switch (type) {
    case 1:
      add(second, 'assist')
      return [base]
    case 2:
      add(third, 'blocker')
      return follow(third, 'block', '')
    case 5:
      add(second, 'stealer')
      return follow(second, 'steal', '')
    case 6:
      add(second, 'fouled')
      return [base]
    case 8:
      return follow(second, 'substitution', 'in')
    case 10:
      add(second, 'jump-lost')
      add(third, 'jump-won')
      return [base]
    default:
      return [base]
  }
}

/** Whether a rebound by `side` is defensive, given who shot last; from the words where nobody did. */
export function isDefensive(side: Side | null, lastShooter: Side | null): boolean {
  return side !== null && lastShooter !== null && side === otherSide(lastShooter)
}
