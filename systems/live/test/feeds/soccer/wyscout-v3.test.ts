import { expect, test } from 'vitest'
import { recogniseFormat } from '../../../src/feeds/recognise-format.ts'
import { soccerWyscout } from '../../../src/feeds/soccer/wyscout.ts'
import { readItems } from '../read-items.ts'

const teams = {
  '9': { team: { wyId: 9, name: 'Hillside', area: { name: 'Nowhere' } } },
  '4': { team: { wyId: 4, name: 'Lakeside', area: { name: 'Nowhere' } } },
}

let id = 0
function event(
  team: 4 | 9,
  period: string,
  minute: number,
  second: number,
  primary: string,
  more: object = {},
) {
  return {
    id: ++id,
    matchId: 12,
    matchPeriod: period,
    minute,
    second,
    matchTimestamp: `00:${minute}:${second}.000`,
    type: { primary, secondary: [] as string[] },
    location: { x: 90, y: 50 },
    team: { id: team, name: teams[team].team.name },
    player: { id: team * 10, name: `Player of ${team}` },
    ...more,
  }
}

const shot = (more: object) => ({
  shot: { bodyPart: 'right_foot', isGoal: false, onTarget: false, goalZone: 'ot', ...more },
})

/** Version 3: times run on, the home side is the one that the match's own record names, a goal is told to both sides. */
function madeModern(): string {
  id = 0
  const events = [
    event(4, '1H', 0, 2, 'pass', { pass: { accurate: true } }),
    event(4, '1H', 10, 0, 'shot', shot({ isGoal: true, onTarget: true, bodyPart: 'head_or_other' })),
    event(9, '1H', 10, 1, 'goal_against'),
    event(9, '1H', 46, 30, 'infraction', {
      infraction: { yellowCard: true, redCard: false, opponent: { id: 41, name: 'Fouled' } },
    }),
    event(9, '2H', 46, 0, 'penalty', shot({ isGoal: true, onTarget: true })),
    event(4, '2H', 60, 0, 'own_goal'),
    event(9, '2H', 70, 0, 'shot', { ...shot({ goalZone: 'bc' }) }),
    event(9, '2H', 91, 30, 'shot', { ...shot({ goalZone: 'ptr' }) }),
  ]
  const match = {
    teamsData: { '9': { side: 'home' }, '4': { side: 'away' } },
    dateutc: '2030-09-01 18:00:00',
    competitionName: 'Made League 2030',
  }
  return JSON.stringify({ events, match, teams, players: {} })
}

test('Wyscout version 3: sides by the match’s record, its date and competition, goals once, cards after fouls [LIVE-SOCCER-01]', async () => {
  const text = madeModern()
  expect(recogniseFormat('12.json', Buffer.from(text)).name).toBe('soccer-wyscout')
  const { events, rejects } = await readItems(soccerWyscout, text)
  expect(rejects).toEqual([])
  expect(events[0]).toMatchObject({
    match: { title: 'Hillside v Lakeside', competition: 'Made League 2030' },
    clocks: { eventTimeMs: Date.UTC(2030, 8, 1, 18) },
  })
  const told = events.flatMap((one) => {
    if (one.kind !== 'soccer-action' || one.type.startsWith('period')) return []
    const { period, secondsLeft } = one.clocks.game!
    return [
      `${period} ${secondsLeft} ${one.type} ${one.shot?.outcome ?? one.card ?? ''} ${one.homeScore}–${one.awayScore}`,
    ]
  })
  expect(told).toEqual([
    '1 2698 pass  0–0',
    '1 2100 shot goal 0–1',
    '1 -90 foul  0–1',
    '1 -90 card yellow 0–1',
    '2 2640 shot goal 1–1',
    '2 1800 own-goal  2–1',
    '2 1200 shot blocked 2–1',
    '2 -90 shot post 2–1',
  ])
  expect(events.at(-1)).toMatchObject({ kind: 'match-end', homeScore: 2, awayScore: 1 })
})
