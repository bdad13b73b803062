import { describe, expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const made = (id: string, title: string, category: string, description: string) =>
  product(id, { title, description, brand: 'Norla', categories: [category], attributes: {}, sizes: ['One'] })

const say = talkingOf([
  made('lumen', 'Norla Lumen 300 Desk Lamp', 'Lamps', 'Bends to every side. Its plug is white.'),
  made('adapter', 'Norla Power Adapter for Lumen 300', 'Spare parts', 'The plug and cable of the Lumen 300.'),
  made('soft', 'Norla Silk Sleep Mask', 'Sleep', 'Lies flat on the face and keeps out light.'),
  made('cup', 'Norla Domed Sleep Mask', 'Sleep', 'Deep cups keep every touch away from the eyes.'),
  made('rug', 'Norla Wool Rug', 'Rugs', 'Thick wool that swallows every step.'),
  made('mat', 'Norla Cork Mat', 'Rugs', 'Springy cork for those who stand all day.'),
  made('bell', 'Norla Door Bell', 'Bells', 'Rings twice, loud enough for a workshop.'),
])

const sayGerman = talkingOf(
  [
    made('waist', 'Norla Nierenwärmer Wolle', 'Wärme', 'Weiche Merinowolle, bei 30 Grad waschbar.'),
    made('stones', 'Norla Kirschkernkissen', 'Wärme', 'Für Mikrowelle und Ofen.'),
    made('bottle', 'Norla Wärmflasche mit Bezug', 'Wärme', 'Zwei Liter, Bezug aus Fleece.'),
    made('torch', 'Norla Taschenlampe', 'Licht', 'Leuchtet zwölf Stunden.'),
  ],
  undefined,
  'de',
)

describe('a wish that begins a conversation', () => {
  test('is met by goods though it calls others by their name, where they hold more of what is said', async () => {
    const { cards } = await say('I am after a power adapter for my Lumen 300, mine has burnt through')
    expect(cards[0]?.productId).toBe('adapter')
  })

  test('that sounds like a question about one of the goods is looked for', async () => {
    const { cards, text } = await sayGerman(
      'Mir tut der Rücken weh, seit ich am Fließband stehe, da zieht es. Was Wollenes für die Nieren wäre schön.',
    )
    expect(cards[0]?.productId).toBe('waist')
    expect(text).not.toMatch(/Beschreibung steht nichts|weiß ich nicht/)
  })

  test('rules out nothing that is somebody’s own', async () => {
    const { cards, text } = await say('I have long lashes. I need a mask that does not touch my eyes.')
    expect(cards.map(({ productId }) => productId)).toContain('cup')
    expect(text).not.toMatch(/left out/)
  })

  test('shows as near what a search for all that is said finds beside', async () => {
    const { cards, parts } = await say(
      'I stand in the workshop all day and my heels ache, so the door is what I never hear. A loud bell please.',
    )
    expect(cards[0]?.productId).toBe('bell')
    const near = parts.find((part) => part.type === 'data-products' && part.id === 'near')
    expect(near?.type === 'data-products' && near.data).toMatchObject({
      title: 'What is near',
      cards: [{ productId: 'mat' }],
    })
  })

  test('of few words has nothing beside it that says less of them', async () => {
    const { cards } = await say('a bell')
    expect(cards.map(({ productId }) => productId)).toEqual(['bell'])
  })

  test('is none where a listing is asked', async () => {
    const { cards, text } = await say('How often does the Norla Door Bell ring?')
    expect(cards.length).toBeLessThan(2)
    expect(text).toContain('Rings twice')
  })
})
