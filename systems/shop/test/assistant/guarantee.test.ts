import { expect, test } from 'vitest'
import { answerFromListing } from '../../src/assistant/compose/extract.ts'
import { Citations } from '../../src/assistant/compose/writer.ts'
import { emptyFacts } from '../../src/assistant/facts.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { product } from './fixture.ts'

const told = (code: LanguageCode, question: string, description: string) =>
  answerFromListing(
    question,
    product('one', { title: 'Lumo 3', brand: null, categories: [], sizes: ['one'], description }),
    emptyFacts('EUR', lexiconOf(code)),
    new Citations(),
  )?.join(' ') ?? null

test.each<[LanguageCode, string, string]>([
  ['es', '¿tiene garantía?', 'Su tecnología garantiza una conexión segura y sin ruidos.'],
  ['pt', 'tem garantia?', 'A tecnologia garante uma ligação segura e sem ruído.'],
  ['fr', 'a-t-il une garantie ?', 'Sa technologie garantit une liaison sûre et sans bruit.'],
  ['de', 'hat es eine Garantie?', 'Die Technik garantiert eine sichere Verbindung ohne Rauschen.'],
])('%s: what only guarantees something does not answer “%s”', (code, question, line) => {
  expect(told(code, question, line)).toBeNull()
})

test.each<[LanguageCode, string, string]>([
  ['es', '¿tiene garantía?', 'Garantía de dos años del fabricante.'],
  ['fr', 'a-t-il une garantie ?', 'Garanti deux ans par le fabricant.'],
  ['de', 'hat es eine Garantie?', 'Mit zwei Jahren Garantie des Herstellers.'],
])('%s: what tells its guarantee answers “%s”', (code, question, line) => {
  expect(told(code, question, line)).toContain(line.slice(0, -1))
})
