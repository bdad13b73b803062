import { describe, expect, test } from 'vitest'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, shelf: string, description: string) =>
  product(id, { title, description, brand: 'Ostrel', categories: [shelf], sizes: ['One'] })

const lamps = [
  item('tarn', 'Ostrel Tarn 300 Lamp', 'Lamps', 'A desk lamp.'),
  item('wide', 'Ostrel Tarn 500 Lamp', 'Lamps', 'A wide desk lamp.'),
  item('rill', 'Ostrel Rill Lamp', 'Lamps', 'A floor lamp. Not for use with dimmers.'),
  item('shade', 'Linen Shade', 'Parts', 'For the Tarn 300. Does not fit the Tarn 500.'),
  item('dimmer', 'Ostrel Dusk Dimmer', 'Dimmers', 'Turns light down by hand.'),
]
const say = talkingOf(lamps)

describe('whether one product goes with another [SHOP-TALK-09]', () => {
  test('is told by the listing that says what it is for, and stays about what was looked at', async () => {
    const { text } = await say('Linen Shade', 'does it fit the Tarn 300?')
    expect(text).toMatch(/^Linen Shade: The listing says: “For the Tarn 300\.”/)
    expect((await say('Linen Shade', 'does it fit the Tarn 300?', 'how much is it?')).text).toContain('$')
  })

  test.each([
    ['Linen Shade', 'would that work on the Tarn 500 too'],
    ['Ostrel Tarn 500 Lamp', 'does the linen shade fit it?'],
    ['Ostrel Dusk Dimmer', 'will the linen shade fit the tarn 500?'],
    ['Linen Shade', 'our lamp is the Tarn 500, is that a problem?'],
  ])('after “%s”, “%s” is denied where the listing denies it', async (before, message) => {
    const { text } = await say(before, message)
    expect(text).toMatch(/^Linen Shade is not for Ostrel Tarn 500 Lamp/)
    expect(text).toContain('“Does not fit the Tarn 500.”')
  })

  test('is denied by the listing of either', async () => {
    const { text } = await say('Ostrel Rill Lamp', 'can I use it with the Dusk dimmer?')
    expect(text).toMatch(/^Ostrel Rill Lamp is not for Ostrel Dusk Dimmer/)
  })

  test('is not said where neither listing says so, nor of two of a kind', async () => {
    expect((await say('Ostrel Dusk Dimmer', 'does it work with the Tarn 300?')).text).not.toMatch(
      /For the Tarn|is not for/,
    )
    expect((await say('Ostrel Tarn 300 Lamp', 'is it wider than the Rill?')).text).not.toContain('is not for')
  })
})
