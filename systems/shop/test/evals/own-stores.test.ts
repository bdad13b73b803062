import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readConversationFiles } from '../../src/evals/answers/conversation-file.ts'
import { readMarkedWishes } from '../../src/evals/answers/marked-wishes.ts'
import { readProducts } from '../../src/evals/dialogue/catalogs.ts'
import { fold } from '../../src/language/fold.ts'

const folder = fileURLToPath(new URL('../../samples/stores', import.meta.url))

test('what the conversations and wishes of the project’s own stores name is sold there', async () => {
  const files = await readConversationFiles(folder)
  expect(files.length).toBeGreaterThanOrEqual(4)
  for (const file of files) {
    const products = await readProducts(file.storePath, file)
    const isSold = (name: string) =>
      products.some(({ id, title }) => id === name || fold(title).includes(fold(name)))
    const turns = file.conversations.flatMap((each) => each.turns)
    const named = turns.flatMap(({ page, expect: stated }) => [
      ...(page === undefined ? [] : [page]),
      ...(stated?.shows ?? []),
    ])
    const wishes = await readMarkedWishes(file.wishesPath, products)
    expect(wishes.length).toBeGreaterThan(20)
    expect(named.filter((name) => !isSold(name))).toEqual([])
  }
})
