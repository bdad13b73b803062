import { defineRule } from '../../domain/rule.ts'

/** Kind of what the rule says. */
export const countKind = 'bench.count'

/**
 * Numbers the notes of a race as they come: what it says of a note is right only if every note before it was counted, once.
 */
export const countRule = defineRule<{ count: number }>({
  name: 'bench.count',
  version: 1,
  sports: ['race'],
  create: () => ({ count: 0 }),
  onEvent(event, state, say) {
    if (event.kind !== 'race-note') return
    state.count++
    say.insight({
      kind: countKind,
      subject: event.matchId,
      occasion: event.text,
      clocks: event.clocks,
      headline: '',
      estimate: { type: 'score', value: state.count, low: 0, high: Number.MAX_SAFE_INTEGER },
      evidence: [],
      leadTimeMs: null,
      importance: 0,
      detail: { count: state.count },
      isScored: false,
    })
  },
})
