/** What plays of a game are called, by our word for them; the first that a value holds is it. */
type Words = readonly (readonly [pattern: RegExp, ours: string])[]

const actions: Words = [
  [/free.?throw|\bfts?\b|\bft[ma]\b/i, 'freethrow'],
  [/\b3|three/i, '3pt'],
  [/rebound|\breb\b|board/i, 'rebound'],
  [/turn.?over|\bto[v]?\b|travel/i, 'turnover'],
  [/foul/i, 'foul'],
  [/steal/i, 'steal'],
  [/block/i, 'block'],
  [/time.?out/i, 'timeout'],
  [/\bsub|substitution/i, 'substitution'],
  [/jump.?ball|tip.?off/i, 'jumpball'],
  [/violation/i, 'violation'],
  [/eject/i, 'ejection'],
  [/review|replay|challenge/i, 'instantreplay'],
  [/period|quarter|half|(begin|start|end)\b.*game/i, 'period'],
  [/\b2|two|shot|field.?goal|lay.?up|dunk/i, '2pt'],
]

const plays: Words = [
  [/two.?point|2.?pt|conversion/i, 'two_point'],
  [/extra.?point|\bpat\b/i, 'extra_point'],
  [/field.?goal|\bfg\b/i, 'field_goal'],
  [/kick.?off/i, 'kickoff'],
  [/punt/i, 'punt'],
  [/sack/i, 'sack'],
  [/kneel/i, 'qb_kneel'],
  [/spike/i, 'qb_spike'],
  [/no.?play|penalty/i, 'no_play'],
  [/time.?out/i, 'timeout'],
  [/\bend\b|end of/i, 'period_end'],
  [/pass|reception|incompletion|interception/i, 'pass'],
  [/rush|\brun\b/i, 'run'],
]

const first = (words: Words, value: string): string | null =>
  words.find(([pattern]) => pattern.test(spaced(value)))?.[1] ?? null

/** `jumpShot` as two words. */
const spaced = (value: string): string => value.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ')

/** Our word for what an action of basketball is called; null where words do not tell. */
export const actionTypeOf = (value: string): string | null => first(actions, value)

/** Our word for what a play of football is called; null where words do not tell. */
export const playTypeOf = (value: string): string | null => first(plays, value)
