import { expect, test } from 'vitest'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { IndexBuilder } from '../../src/search/index/index-data.ts'
import { OpenIndex } from '../../src/search/open-index.ts'
import { titleOnly } from '../../src/evals/stated-catalog.ts'

const found = async (code: 'de' | 'nl' | 'en', titles: readonly string[], text: string) => {
  const lexicon = lexiconOf(code)
  const builder = new IndexBuilder(lexicon.language)
  for (const title of titles) builder.add(titleOnly(title))
  const { hits } = await new OpenIndex(builder.finish()).search(
    { text, constraints: [], sort: 'relevance', limit: 10, offset: 0 },
    lexicon,
  )
  return hits.map(({ productId }) => productId)
}

test('finds what is written as one word by its kind, the word itself first [SHOP-SEARCH-11]', async () => {
  const titles = ['Dinkelnudeln', 'Nudeln', 'Reisnudeln aus Thailand', 'Dinkel', 'Nudelholz', 'Strudel']
  expect(await found('de', titles, 'Nudeln')).toEqual(['Nudeln', 'Dinkelnudeln', 'Reisnudeln aus Thailand'])
  expect(await found('de', ['Schlauch', 'Knoblauch'], 'Lauch')).toEqual(['Knoblauch'])
  expect(await found('nl', ['Wandlamp', 'Lamp'], 'lamp')).toEqual(['Lamp', 'Wandlamp'])
})

test('takes no word apart in a language that writes them apart', async () => {
  expect(await found('en', ['Teapot', 'Pot'], 'pot')).toEqual(['Pot'])
})
