import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import { expect, test } from 'vitest'
import { readImports } from '../layers/read-imports.ts'
import { readTree } from '../layers/source-tree.ts'

const root = join(import.meta.dirname, '../..')
const language = 'systems/shop/src/language/'
/** Packages that stem words or list function words. */
const library = /stemm|snowball|porter|stop-?words|^natural$/i
/** `stem`, `stemWord`, `stemmer`, `porterStem`; not `stemmed` or `contentStems`, which hold what a stemmer gave. */
const stemmer = /^stem(?:[A-Z]\w*|mer\w*)?$|[a-z]Stem(?:mer)?$/

/** Packages of words that a text imports, and functions of the shop that stem by their name (elsewhere files have stems). */
function wordReaders(path: string, text: string): string[] {
  if (!/stem|snowball|porter|stop-?words|natural/i.test(text)) return []
  const found = readImports(path, text)
    .map(({ specifier }) => specifier)
    .filter((specifier) => !specifier.startsWith('.') && library.test(specifier))
  if (!path.startsWith('systems/shop/')) return found
  const add = (name: string | undefined) =>
    name !== undefined && stemmer.test(name) && found.push(`${name}()`)
  new Visitor({
    FunctionDeclaration: ({ id }) => void add(id?.name),
    VariableDeclarator({ id, init }) {
      if (id.type !== 'Identifier') return
      if (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression') add(id.name)
    },
    MethodDefinition: ({ key }) => void (key.type === 'Identifier' && add(key.name)),
  }).visit(parseSync(path, text).program)
  return found
}

test('finds stemmers, however they are written, and nothing else', () => {
  const text = `
    import { stemmer } from '@orama/stemmers/english'
    import type { Lexicon } from './stem.ts'
    export function stem(word: string) { return word }
    const stemWord = (word: string) => word
    class Words { porterStem(word: string) { return word } }
    const stem = name.slice(0, 3)
    const stemmed = (words: string[]) => words.map(stem)`
  expect(wordReaders('systems/shop/src/a.ts', text)).toEqual([
    '@orama/stemmers/english',
    'stem()',
    'stemWord()',
    'porterStem()',
  ])
})

test('words are stemmed in one place and nowhere else [SHOP-LANGUAGE-04]', () => {
  const paths = [...readTree(root).files.keys()].filter((path) => !/\/test\/|^scripts\//.test(path))
  const readers = new Map(
    paths
      .map((path) => [path, wordReaders(path, readFileSync(join(root, path), 'utf8'))] as const)
      .filter(([, found]) => found.length > 0),
  )
  // That it is looked at at all: the libraries are imported where they may be.
  expect(readers.get(`${language}libraries.ts`)).toContain('@orama/stemmers/english')
  const ofShop = [...readers.keys()].filter((path) => path.startsWith('systems/shop/'))
  expect(ofShop.filter((path) => !path.startsWith(language))).toEqual([])
  // A package that knows nothing of the shop has one place of its own.
  const elsewhere = [...readers.keys()].filter((path) => !path.startsWith('systems/shop/'))
  expect(elsewhere).toEqual(['primitives/agents/src/registry/words.ts'])
})
