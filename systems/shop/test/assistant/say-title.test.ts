import { expect, test } from 'vitest'
import { sayTitle } from '../../src/assistant/compose/say-title.ts'

test.each([
  ['Swift FG Kids Football Boots Red', 'Swift FG Kids Football Boots Red'],
  [
    'HP Pavilion dv7-1211ea Notebook Silver 43.2 cm (17") 1440 x 900 pixels Intel Core 2 Duo 4 GB DDR2-SDRAM',
    'HP Pavilion dv7-1211ea Notebook Silver 43.2',
  ],
  [
    'Tripp Lite Protect It! 8-Outlet Surge Protector, 10-ft. Cord, 3240 Joules',
    'Tripp Lite Protect It! 8-Outlet Surge',
  ],
  ['Vestido de Algodón con Recorte de Volantes para Niña', 'Vestido de Algodón con Recorte'],
  ['Gläserne Karaffe mit Deckel aus der Werkstatt am See bei Hollin', 'Gläserne Karaffe mit Deckel'],
])('says “%s” as “%s”', (title, said) => {
  expect(sayTitle({ id: 'a', title }, [])).toBe(said)
})

test('says more of a title where another begins alike', () => {
  const one = {
    id: 'a',
    title: 'Lexmark Laser Toner Cartridge High Yield Return Program Black, 10,000 pages',
  }
  const other = {
    id: 'b',
    title: 'Lexmark Laser Toner Cartridge High Yield Return Program Cyan, 10,000 pages',
  }
  expect(sayTitle(one, [one, other])).toBe('Lexmark Laser Toner Cartridge High Yield Return Program Black')
})

test('says whose it is where another has the same title', () => {
  const [one, other] = ['Hollin', 'Brack'].map((brand, at) => ({ id: `${at}`, title: 'Belt sander', brand }))
  expect(sayTitle(one!, [one!, other!])).toBe('Hollin Belt sander')
  expect(sayTitle(one!, [one!])).toBe('Belt sander')
})

test('ends in no bracket that it opened', () => {
  const [firm, multi] = ['Firm', 'Multi'].map((ground, at) => ({
    id: `${at}`,
    title: `Swift Junior Football Boots for Kids (${ground} Ground) in Blue`,
  }))
  expect(sayTitle(firm!, [firm!, multi!])).toBe('Swift Junior Football Boots for Kids (Firm Ground)')
})
