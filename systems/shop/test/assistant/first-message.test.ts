import { describe, expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const made = (id: string, title: string, category: string, description: string) =>
  product(id, { title, description, brand: 'Tarrow', categories: [category], attributes: {}, sizes: ['One'] })

const say = talkingOf([
  made('rod', 'Tarrow Travel Rod 2.1 m', 'Rods', 'In four pieces, with a tube for the train.'),
  made('beach', 'Tarrow Beach Rod 4 m', 'Rods', 'Casts far into the surf.'),
  made('reel', 'Tarrow Salt Reel', 'Reels', 'Sealed against salt water.'),
  made('bell', 'Tarrow Bite Bell', 'Bite alarms', 'Rings when a fish pulls, and clips on any tip.'),
  made('gloves', 'Tarrow Nitrile-Free Gloves', 'Gloves', 'Rubber. For anyone with a nitrile allergy.'),
  made('mitts', 'Tarrow Nitrile Mitts', 'Gloves', 'Dipped in nitrile.'),
  made('stove', 'Tarrow Gas Stove', 'Stoves', 'Boils a litre in four minutes. Sits flat on sand.'),
])

describe('the first message of a conversation', () => {
  test('is answered by its part that asks for goods, and quotes none of what is told around it', async () => {
    const { cards, text } = await say(
      'My uncle laughed at the tent last summer, and the harbour smelled of diesel. Is there a rod that casts far into the surf?',
    )
    expect(cards[0]?.productId).toBe('beach')
    expect(text).not.toMatch(/uncle|tent|harbour|diesel/)
  })

  test('keeps a limit that is said beside the part that asks', async () => {
    const { text } = await say('We sleep on the shore. I need a rod for the train. No more than 10 dollars.')
    expect(text).toMatch(/up to \$10/)
  })

  test('shows what comes near by its words, though nothing is in sight that it could ask about', async () => {
    const { cards, text } = await say('what boils water on a beach, will it be flat enough on sand')
    expect(cards[0]?.productId).toBe('stove')
    expect(text).toMatch(/^I am not sure/)
  })

  test('that points at something asks what is meant', async () => {
    const { cards, text } = await say('does it sit flat?')
    expect(cards).toEqual([])
    expect(text).toMatch(/^Which product/)
  })

  test('tells of the delivery and shows what is spoken of beside', async () => {
    const { cards, text } = await say(
      'The skipper says that salt water needs a sealed reel. Do you ship to Jersey?',
    )
    expect(cards[0]?.productId).toBe('reel')
    expect(text).toMatch(/deliver|shipping|has not said/i)
  })

  test('is told of what its title calls free of something, though its listing names who is allergic', async () => {
    const { cards, text } = await say('I am allergic to nitrile. Which gloves can I wear?')
    expect(cards.map(({ productId }) => productId)).toEqual(['gloves'])
    expect(text).toMatch(/^These say in their listing that they are free of nitrile/)
  })
})
