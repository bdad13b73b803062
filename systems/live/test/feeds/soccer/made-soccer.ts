import { simulateSoccerMatch } from '../../../samples/soccer/simulate-soccer-match.ts'
import type { FeedEvent, SoccerAction } from '../../../src/domain/feed-event.ts'
import { periodSeconds } from '../../../src/feeds/clocks/game-clock.ts'

const pass = { eventId: 8, eventName: 'Pass', subEventId: 85, subEventName: 'Simple pass' }
const shot = { eventId: 10, eventName: 'Shot', subEventId: 100, subEventName: 'Shot' }
const corner = { eventId: 3, eventName: 'Free Kick', subEventId: 30, subEventName: 'Corner' }
const penalty = { eventId: 3, eventName: 'Free Kick', subEventId: 35, subEventName: 'Penalty' }
const foul = { eventId: 2, eventName: 'Foul', subEventId: 20, subEventName: 'Foul' }
const touch = { eventId: 7, eventName: 'Others on the ball', subEventId: 72, subEventName: 'Touch' }
const save = { eventId: 9, eventName: 'Save attempt', subEventId: 90, subEventName: 'Reflexes' }

let next = 0
/** An event of version 2: team 20 plays at home, 3 away. */
function event(
  kind: object,
  teamId: number,
  matchPeriod: string,
  eventSec: number,
  given: { tags?: number[]; x?: number; y?: number; playerId?: number } = {},
) {
  const { tags = [], x = 50, y = 50, playerId = teamId * 10 } = given
  return {
    ...kind,
    id: 1000 + next++,
    matchId: 77,
    teamId,
    playerId,
    matchPeriod,
    eventSec,
    tags: tags.map((id) => ({ id })),
    positions: [{ x, y }],
  }
}

const player = (wyId: number, shortName: string) => ({ player: { wyId, shortName } })

/**
 * A made match in Wyscout's version 2: Hillside (home, named first, with the higher id) come back from two down against Lakeside and win 3–2
 * in added time, by a header after a corner, a penalty, and an own goal.
 */
export function madeWyscout(): string {
  next = 0
  const events = [
    event(pass, 20, '1H', 1),
    event(shot, 3, '1H', 600, { tags: [101, 402, 1801], x: 90, y: 50 }),
    event(save, 20, '1H', 601, { tags: [101, 1802], x: 5 }),
    event(touch, 20, '1H', 1500, { tags: [102], x: 3, playerId: 201 }),
    event(save, 20, '1H', 1501, { tags: [102], x: 2 }),
    event(shot, 20, '1H', 2000, { tags: [2101, 401, 1802], x: 80, y: 40 }),
    event(corner, 20, '1H', 2730, { x: 100, y: 0 }),
    event(shot, 20, '1H', 2733, { tags: [101, 403, 1801], x: 95, y: 48 }),
    event(foul, 3, '2H', 60, { tags: [1702], x: 10 }),
    event(penalty, 20, '2H', 120, { tags: [101, 1801], x: 90 }),
    event(foul, 3, '2H', 900, { tags: [1703] }),
    event(shot, 20, '2H', 1300, { tags: [1802, 401, 1220], x: 88, y: 52 }),
    event(touch, 3, '2H', 2790, { tags: [102], x: 4, playerId: 31 }),
    event(save, 3, '2H', 2791, { tags: [102], x: 2 }),
  ]
  const body = {
    events,
    players: {
      '3': [player(30, 'L. Rasmussen'), player(31, 'P. Duarte')],
      '20': [player(200, 'K. Bj\\u00f8rn'), player(201, 'O. Falk')],
    },
  }
  // The home side is the one that the text names first: keys that are numbers would be sorted.
  const team = (id: number, name: string) =>
    `"${id}": {"team": {"wyId": ${id}, "name": "${name}", "area": {"name": "Nowhere"}}}`
  return `{"teams": {${team(20, 'Hillside')}, ${team(3, 'Lakeside')}}, ${JSON.stringify(body).slice(1)}`
}

const shotTypes: Readonly<Record<string, string>> = {
  penalty: 'Penalty',
  'direct-free-kick': 'Free Kick',
}
const outcomes: Readonly<Record<string, string>> = {
  goal: 'Goal',
  saved: 'Saved',
  blocked: 'Blocked',
  post: 'Post',
  'off-target': 'Off T',
}
const cards: Readonly<Record<string, string>> = {
  yellow: 'Yellow Card',
  'second-yellow': 'Second Yellow',
  red: 'Red Card',
}

/** A simulated match written as StatsBomb writes its open data, and the events that it was made from. */
export function madeStatsbomb(seed: number, isCup = false): { text: string; events: FeedEvent[] } {
  const events = [...simulateSoccerMatch({ seed, startMs: Date.UTC(2026, 0, 1, 15), isCup })]
  const [first] = events
  if (first?.kind !== 'match') throw new Error('A simulation begins with its match.')
  const { home, away } = first.match
  const teams = { home: { id: 1, name: home!.name }, away: { id: 2, name: away!.name } }
  const line = (side: 'home' | 'away') => ({
    ...common('line-' + side, 1, 0, 'Starting XI', teams[side]),
    tactics: {},
  })
  const rows = events.flatMap((one) => (one.kind === 'soccer-action' ? statsbombOf(one, teams) : []))
  return { text: JSON.stringify([line('home'), line('away'), ...rows]), events }
}

function common(id: string, period: number, seconds: number, type: string, team: object) {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const rest = (seconds % 60).toFixed(3).padStart(6, '0')
  return {
    id,
    period,
    timestamp: `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${rest}`,
    type: { id: 0, name: type },
    possession_team: team,
    play_pattern: { id: 1, name: 'Regular Play' },
    team,
  }
}

function statsbombOf(action: SoccerAction & FeedEvent, teams: { home: object; away: object }): object[] {
  const { actionId, type, side, playerId, playerName, x, y } = action
  const period = action.clocks.game?.period ?? 1
  const seconds = periodSeconds('soccer', period) - (action.clocks.game?.secondsLeft ?? 0)
  const team = teams[side ?? 'home']
  const of = (name: string, more: object = {}) => ({
    ...common(actionId, period, seconds, name, team),
    ...(x === null || y === null ? {} : { location: [(x / 105) * 120, (y / 68) * 80] }),
    player: { id: playerId, name: playerName },
    ...more,
  })
  if (action.shot)
    return [
      of('Shot', {
        shot: {
          outcome: { name: outcomes[action.shot.outcome] },
          type: { name: shotTypes[action.shot.situation] ?? 'Open Play' },
          body_part: { name: action.shot.bodyPart === 'head' ? 'Head' : 'Right Foot' },
        },
      }),
    ]
  if (action.card) return [of('Bad Behaviour', { bad_behaviour: { card: { name: cards[action.card] } } })]
  switch (type) {
    case 'period-start':
      return [of('Half Start'), of('Half Start')]
    case 'period-end':
      return [of('Half End'), of('Half End')]
    case 'pass':
      return [of('Pass', { pass: action.isSuccessful === true ? {} : { outcome: { name: 'Incomplete' } } })]
    case 'corner':
      return [of('Pass', { pass: { type: { name: 'Corner' } } })]
    case 'foul':
      return [of('Foul Committed')]
    case 'substitution': {
      const off = action.otherPlayers[0]
      return [
        {
          ...of('Substitution', { substitution: { replacement: { id: playerId, name: playerName } } }),
          player: { id: off?.id, name: off?.name },
        },
      ]
    }
    default:
      return []
  }
}

/** Shots of two matches with Understat's columns, a side after the other; the second's result is not what its shots come to. */
export const madeShots = [
  'id,minute,result,X,Y,xG,player,h_a,player_id,situation,season,shotType,match_id,h_team,a_team,h_goals,a_goals,date,player_assisted,lastAction',
  '11,70.0,Goal,0.92,0.5,0.4,A. One,h,1.0,OpenPlay,2020.0,RightFoot,5.0,Hillside,Lakeside,1.0,1.0,2020-09-12 14:00:00,B. Two,Throughball',
  '12,3.0,MissedShots,0.8,0.4,0.05,B. Two,h,2.0,FromCorner,2020.0,Head,5.0,Hillside,Lakeside,1.0,1.0,2020-09-12 14:00:00,,Cross',
  '13,93.0,OwnGoal,0.02,0.5,0.0,A. One,h,1.0,OpenPlay,2020.0,OtherBodyPart,5.0,Hillside,Lakeside,1.0,1.0,2020-09-12 14:00:00,,None',
  '14,20.0,Vanished,0.8,0.5,0.1,C. Three,a,3.0,OpenPlay,2020.0,LeftFoot,5.0,Hillside,Lakeside,1.0,1.0,2020-09-12 14:00:00,,Pass',
  '21,10.0,SavedShot,0.885,0.5,0.76,C. Three,a,3.0,Penalty,2020.0,LeftFoot,6.0,Eastmere,Lakeside,0.0,1.0,2020-09-19 14:00:00,,Standard',
  '',
].join('\n')
