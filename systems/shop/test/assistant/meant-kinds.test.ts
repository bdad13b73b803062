import { expect, test } from 'vitest'
import { lexiconOf } from '../../src/language/lexicon.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { joinedGuess, kindsMeant } from '../../src/understand/meant-kinds.ts'
import { readIntent } from '../../src/understand/read-intent.ts'
import type { TurnGuess, TurnKind } from '../../src/understand/turn-kind.ts'

/** What multilingual E5 small makes of messages of which no example has the words; a byte a number. */
const messages: {
  code: LanguageCode
  text: string
  byWords: string
  topic: string
  scale: number
  vector: string
}[] = [
  {
    // By words that its language's examples have it is heard without; those of another have none of them.
    code: 'de',
    text: 'et si ça ne me plaît pas, vous le reprenez ?',
    byWords: 'search',
    topic: 'returns',
    scale: 0.001046,
    vector:
      'JhC5uTfQCBkbDEcaXhawHkTW3t0O3roFLyv+LTGzzu8L2VAC0c0o4OwyJmwoJNIgxu/cLghRJta0vs43JfcdDG0jFCHg28YdCvkZ9QfHOwjAycAy1y1MyhcPTDOzx8jo11Et1T36BOPSGhfPK8y3NhMkygjI0SfxR+3a0NfLKybxyycfDUwlMcb08ubADMkvUCVJ2UvSM+Fa+gTSqMIZONu4xuS31Bo/0OvCHsgZ/U3FTEUZ+P7l7Nyz3wcVAPouvN3iFtgzNDcV7iobVhLFDM48JO+wRb3jBiWnJzP1BpnqESDMyyQKAMC2w7zzIy3r6+gYyUfl6UT2JFvQz9jrRTMjxCkmzWpROSer6L3SwBV8wMXdQg/j0zLzEj4m9Osz1+AvuyHvMiEWObVI8+IIIIEeJhsmYD0y2cX1IPkSo9rY2M/HRRS45Tb4JvHcTdwB3yHm9gwf5xndsjzf6UgjxfU95BvX3wMwtelEPVE/D7wlmjIrr//azpsi0+IGQxUy',
  },
]

const meantBy = (model: string, vector: string, scale: number) =>
  kindsMeant({
    model,
    vector: Float32Array.from(new Int8Array(Buffer.from(vector, 'base64')), (step) => step * scale),
  })

test.each(messages)('hears “$text” by what it means', ({ code, text, byWords, topic, scale, vector }) => {
  const heard = (model: string) =>
    readIntent(text, lexiconOf(code), code, text, () => false, meantBy(model, vector, scale))
  expect(heard('e5-small')).toMatchObject({ intent: 'service', topic })
  // Vectors of another model say something else.
  expect(heard('another-model').intent).toBe(byWords)
})

const guess = (kind: TurnKind, probability: number): TurnGuess => ({
  kind,
  probability,
  probabilities: new Map([
    [kind, probability],
    ['find', 1 - probability],
  ]),
})

test('is as sure as words and meaning are together, and of what no word tells only where meaning is sure', () => {
  const meant = new Map<TurnKind, number>([
    ['returns', 0.6],
    ['find', 0.4],
  ])
  expect(joinedGuess(guess('returns', 0.5), meant)?.probability).toBeCloseTo(0.6)
  // Words that are sure need no meaning.
  expect(joinedGuess(guess('find', 0.7), meant)).toEqual(guess('find', 0.7))
  expect(joinedGuess(guess('returns', 0.3), meant)?.kind).toBe('find')
  expect(joinedGuess(guess('returns', 0.6), null)).toEqual(guess('returns', 0.6))
  expect(joinedGuess(null, meant)?.kind).toBe('returns')
  expect(
    joinedGuess(
      null,
      new Map([
        ['returns', 0.4],
        ['find', 0.4],
        ['ask', 0.2],
      ]),
    ),
  ).toBeNull()
})

test('what words hear as a wish for goods is a question for the store only where meaning is sure of it', () => {
  const heard = (text: string, store: number) =>
    readIntent(
      text,
      lexiconOf('fr'),
      'fr',
      text,
      () => false,
      new Map<TurnKind, number>([
        ['store', store],
        ['find', 1 - store],
      ]),
    )
  expect(heard('vous vendez des imprimantes', 0.57).intent).toBe('search')
  expect(heard('vous avez un magasin à lyon', 0.94)).toMatchObject({ intent: 'service', topic: 'store' })
})

test('little words tell a service only where nothing is named that no example speaks of', () => {
  const heard = (text: string) => readIntent(text, lexiconOf('de'))
  expect(heard('habt ihr auch türkischen Kaffee').intent).toBe('search')
  expect(heard('macht ihr auch Reparaturen').intent).toBe('service')
})
