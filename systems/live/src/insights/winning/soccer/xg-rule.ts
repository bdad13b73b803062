import { defineRule } from '../../../domain/rule.ts'
import { nameOf } from '../../../events/score-tags.ts'
import { draftTag } from '../../../events/tagger.ts'
import { createSoccerGameState, followSoccer } from './game-state.ts'
import type { SoccerGameState } from './game-state.ts'
import { bigChance } from './xg.ts'

const kind = 'soccer.xg'

/** Says of each shot how often such a shot is a goal. */
export const soccerXgRule = defineRule<SoccerGameState>({
  name: kind,
  version: 1,
  sports: ['soccer'],
  create: createSoccerGameState,
  onEvent(event, state, say) {
    const xg = followSoccer(event, state)
    if (xg === null || event.kind !== 'soccer-action' || event.shot === null || event.side === null) return
    const { side, playerName, actionId, clocks, shot, homeScore, awayScore } = event
    const who = playerName ?? nameOf(say.match, side)
    const percent = Math.max(1, Math.round(100 * xg))
    const round = (value: number): number => Math.round(value * 1000) / 1000
    say.insight({
      kind,
      subject: 'match',
      occasion: actionId,
      clocks,
      headline: `${who}’s shot: such a one goes in ${percent} ${percent === 1 ? 'time' : 'times'} in 100.`,
      estimate: { type: 'probability', probability: xg },
      evidence: [
        { label: 'Came from', value: shot.situation.replaceAll('-', ' '), unit: '' },
        { label: 'Struck with', value: shot.bodyPart, unit: '' },
        {
          label: `Expected goals so far, ${nameOf(say.match, side)}`,
          value: round(state.xg[side]),
          unit: 'goals',
        },
      ],
      leadTimeMs: null,
      importance: Math.min(1, 0.1 + 0.8 * xg),
      detail: {
        xg: round(xg),
        side,
        outcome: shot.outcome,
        homeXg: round(state.xg.home),
        awayXg: round(state.xg.away),
        homeScore,
        awayScore,
      },
      isScored: true,
    })
    const happened = shot.outcome === 'goal' ? 1 : 0
    say.outcome({ kind, subject: 'match', occasion: actionId, happened, eventTimeMs: clocks.eventTimeMs })
    if (xg < bigChance || happened === 1) return
    say.tag(
      draftTag(event, 'soccer', {
        type: 'chance.big',
        occasion: actionId,
        text: `Big chance for ${nameOf(say.match, side)}: ${who}, ${percent} in 100.`,
        actors: event.playerId === null ? [] : [{ id: event.playerId, name: who, role: 'shot', side }],
        homeScore,
        awayScore,
        source: 'detected',
      }),
    )
  },
})
