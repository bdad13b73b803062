import { expect, test } from 'vitest'
import { english } from '../../src/language/lexicon.ts'
import { readIntent } from '../../src/understand/read-intent.ts'

/** Words that an electronics store calls goods by. */
const goods = new Set(
  'phone battery smoking charge charger shipping delivery label labels boxes terminal alarm drill'.split(' '),
)
const read = (text: string) => {
  const { intent, topic } = readIntent(text, english, 'en', text, (word) => goods.has(word))
  return topic === null ? intent : `${intent} ${topic}`
}

test.each(['what do you charge for shipping?', 'how long does shipping take', 'is delivery free'])(
  '"%s" is a question for the store, though goods are called by its words',
  (text) => expect(read(text)).toBe('service shipping'),
)

test.each([
  'do you have shipping labels?',
  'do you sell shipping boxes?',
  'which payment terminal do you have?',
])('"%s" asks for goods', (text) => expect(read(text)).toBe('search'))

test.each(['my phone battery is smoking what should I do', 'my drill is smoking, what do I do?'])(
  '"%s" is an emergency, though goods are called by its words',
  (text) => expect(read(text)).toBe('care emergency'),
)

test.each(['a smoke alarm without a battery', 'smoking jacket', 'a phone for my son, his battery is dead'])(
  '"%s" is none',
  (text) => expect(read(text)).toBe('search'),
)
