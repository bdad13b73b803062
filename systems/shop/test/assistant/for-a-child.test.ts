import { describe, expect, test } from 'vitest'
import { childsAge, suitsAge } from '../../src/assistant/for-a-child.ts'
import type { Product } from '../../src/domain/product.ts'

const listing = (title: string, description = ''): Product => ({
  id: title,
  title,
  brand: null,
  description,
  categories: [],
  attributes: {},
  images: [],
  url: null,
  services: [],
  rating: null,
  variants: [],
})

describe('a wish for a child', () => {
  test.each([
    ['en', 'a bike for my 4 year old', 4],
    ['fr', 'un cadeau pour ma fille de 5 ans', 5],
    ['de', 'ein Geschenk für einen 3-jährigen', 3],
    ['en', 'a watch for my dad, 60 years old', null],
    ['en', 'a table for 4', null],
  ] as const)('%s: “%s” is for somebody of %s', (language, message, age) => {
    expect(childsAge(message, language)).toBe(age)
  })

  test('is kept by what states an age up to theirs or is for children, and not by what is for older ones', () => {
    expect(suitsAge(listing('Game', 'For ages 3-6 years.'), 5, 'en')).toBe(1)
    expect(suitsAge(listing('Jeu', '8 ans et +'), 5, 'fr')).toBe(-1)
    expect(suitsAge(listing('Kids Suit'), 8, 'en')).toBe(1)
    expect(suitsAge(listing('Suit', 'A warranty of 20 years.'), 8, 'en')).toBe(0)
  })
})
