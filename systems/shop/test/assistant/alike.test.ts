import { expect, test } from 'vitest'
import { alikeFirst } from '../../src/assistant/alike.ts'
import { english } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

const cake = (id: string, title: string) => product(id, { title, categories: ['Cakes'] })

test('what holds less than the first of what was asked for is not alike [SHOP-TALK-15]', () => {
  const cakes = [
    cake('roar', 'Dinosaur Roar Cake'),
    cake('rose', 'Rose Birthday Cake'),
    cake('egg', 'Dinosaur Egg Cake'),
    cake('heart', 'Heart Birthday Cake'),
  ]
  expect(alikeFirst(cakes, 'dinosaur cake for a birthday', english)).toEqual(['roar', 'egg'])
  expect(alikeFirst(cakes, 'cake', english)).toEqual(['roar', 'rose', 'egg', 'heart'])
  expect(alikeFirst([], 'cake', english)).toEqual([])
})
