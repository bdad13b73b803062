import { expect, test } from 'vitest'
import { addFrame, openPlay } from '../../../src/insights/tracking/play-state.ts'
import { isFrame, madePlay, snapTenths, usual } from './made-play.ts'

test('players without a position get a group by where they stand when the line is set [LIVE-TRACKING-02]', () => {
  for (const direction of ['left', 'right'] as const) {
    const events = madePlay({ ...usual, direction })
    const first = events[0]
    if (first?.kind !== 'nfl-play-start') throw new Error('The made play must begin with its start.')
    const named = openPlay(first)
    const blank = openPlay(first)
    for (const event of events.filter(isFrame).slice(0, snapTenths)) {
      addFrame(named, event)
      const players = event.players.map((player) => ({ ...player, position: '', positionGroup: '' }))
      addFrame(blank, { ...event, players })
    }
    const groupsOf = (play: typeof named): string[] => play.roster.map(({ group }) => group)
    // A linebacker at the end of the line is not told from an end, nor a safety's depth from his trade.
    const wrong = groupsOf(blank).filter((group, place) => group !== groupsOf(named)[place])
    expect(wrong.length).toBeLessThanOrEqual(1)
    expect(groupsOf(blank).filter((group) => group === 'OL')).toHaveLength(5)
    expect(groupsOf(blank)[0]).toBe('QB')
  }
})
