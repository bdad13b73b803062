import { describe, expect, test } from 'vitest'
import { cautionsOf } from '../../src/assistant/card-cautions.ts'
import type { Product } from '../../src/domain/product.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, description: string): Product => ({
  ...product(id, { title, categories: ['Lanterns'], description }),
  brand: null,
})
const cautions = (description: string, code: LanguageCode = 'en') =>
  cautionsOf(item('one', 'Orrel', description), lexiconOf(code))

describe('what a listing warns of', () => {
  test.each<[LanguageCode, string, string]>([
    ['en', 'WARNING: people who carry a stimulator should ask first.', 'Folds flat and never rattles.'],
    ['de', 'Achtung: erst abkühlen lassen.', 'Lässt sich falten und klappert nie.'],
    ['fr', 'Attention : laisser refroidir avant de plier.', 'Se plie et ne grince jamais.'],
    ['es', 'Advertencia: dejar enfriar antes de plegar.', 'Se pliega y nunca cruje.'],
    ['it', 'Attenzione: lasciare raffreddare prima di piegare.', 'Si piega e non cigola mai.'],
    ['pt', 'Atenção: deixar arrefecer antes de dobrar.', 'Dobra-se e nunca range.'],
    ['nl', 'Let op: eerst laten afkoelen.', 'Is opvouwbaar en rammelt nooit.'],
    ['sv', 'Varning: låt svalna innan den viks ihop.', 'Går att vika ihop och skramlar aldrig.'],
  ])('%s: a signal word tells, praise does not', (code, warns, tells) => {
    expect(cautions(`${tells} ${warns}`, code)).toEqual([warns])
  })

  test('comes before what it is not for; of more lines two are shown', () => {
    expect(
      cautions(
        'Not for use in tents. Choking hazard for children under 3. Not for garden ponds. Made of tin.',
      ),
    ).toEqual(['Choking hazard for children under 3.', expect.stringMatching(/^Not for/)])
  })

  test('a word of danger in a praise is none', () => {
    expect(cautions('Glows without harmful fumes for hours. Helps against common injuries.')).toEqual([])
  })

  test('how it is cleaned is none', () => {
    expect(cautions('Wipe with a damp cloth; do not wash in the dishwasher.')).toEqual([])
  })
})

describe('cards and tables', () => {
  const say = talkingOf([
    item(
      'paper',
      'Orrel Paper Lantern',
      'A lantern of paper for tea lights. Never leave it burning unattended.',
    ),
    item('storm', 'Orrel Storm Lantern', 'A lantern of steel for the garden, burns for ten hours.'),
  ])

  test('a card quotes them', async () => {
    const { cards } = await say('lanterns')
    expect(Object.fromEntries(cards.map(({ productId, cautions }) => [productId, cautions]))).toEqual({
      paper: ['Never leave it burning unattended.'],
      storm: undefined,
    })
  })

  test('a comparison has a row of them', async () => {
    const { comparison } = await say('compare the Orrel Paper Lantern with the Orrel Storm Lantern')
    expect(comparison?.rows.at(-1)).toMatchObject({ label: 'To note' })
    expect(comparison?.rows.at(-1)?.values.toSorted()).toEqual(['Never leave it burning unattended.', null])
  })
})
