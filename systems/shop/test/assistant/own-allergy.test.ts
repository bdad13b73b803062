import { expect, test } from 'vitest'
import { languageOf } from '../../src/language/language.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { keptFrom } from '../../src/understand/kept-from.ts'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, shelf: string, description: string) => ({
  ...product(id, { title, categories: [shelf], sizes: ['One'], description }),
  brand: null,
})
const talk = talkingOf([
  item('wool', 'Heath Wool Blanket', 'Blankets', 'Warm and grey.'),
  item('cotton', 'Heath Cotton Blanket', 'Blankets', 'Cool and red.'),
])

const kept = (code: LanguageCode, message: string) =>
  keptFrom(message, languageOf(code)).map(({ what }) => what)

test('an allergy that was told of before is the one that is asked about', async () => {
  const { text } = await talk(
    "I'm allergic to wool, do you have a blanket?",
    'is the heath wool blanket ok for me with my allergy?',
  )
  expect(text).toMatch(/names wool, so it is not for you/)
})

test.each<[LanguageCode, string]>([
  ['en', 'is the tube set ok for me with my allergy'],
  ['de', 'geht das Set mit meiner Allergie?'],
  ['fr', 'la couverture va avec mon allergie ?'],
  ['es', 'el segundo me va bien con mi alergia?'],
  ['it', 'il secondo va bene con la mia allergia?'],
  ['pt', 'o segundo serve com a minha alergia?'],
  ['nl', 'is de set goed met mijn allergie?'],
  ['sv', 'funkar setet med min allergi?'],
])('%s: “%s” names nothing that hurts', (code, message) => expect(kept(code, message)).toEqual([]))

test.each<[LanguageCode, string, string]>([
  ['en', 'my dog is allergic to beef and our vet said only food without beef', 'beef'],
  ['de', 'unser Hund ist allergisch gegen Rind und der Tierarzt sagt nur Futter ohne Rind', 'Rind'],
  ['fr', 'mon chat est allergique au poulet et le vétérinaire a dit sans poulet', 'poulet'],
  ['es', 'mi perro es alérgico al pavo y el veterinario me ha dicho que sin pavo', 'pavo'],
  ['it', 'il mio cane è allergico al manzo e il veterinario dice senza manzo', 'manzo'],
  ['pt', 'o meu gato é alérgico ao frango e o veterinário disse ração sem frango', 'frango'],
  ['nl', 'mijn hond is allergisch voor kip en de dierenarts zegt voer zonder kip', 'kip'],
  ['sv', 'min hund är allergisk mot kyckling och veterinären säger foder utan kyckling', 'kyckling'],
  ['en', 'he has a nut allergy', 'nut'],
])('%s: “%s” is of %s, and not of who said so', (code, message, what) =>
  expect(kept(code, message)).toEqual([what]),
)
