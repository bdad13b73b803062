import { describe, expect, it } from 'vitest'
import { chipOf, describeConstraint } from '../../src/assistant/cards.ts'
import { inEnglish } from '../../src/assistant/phrases.ts'

const facet = (name: string, values: string[], negated = false) =>
  ({ kind: 'facet', name, values, negated, text: values.join(' ') }) as const

describe('what a constraint is called', () => {
  it.each([
    [facet('size', ['m']), 'size M', 'size M'],
    [facet('waterproof', ['true']), 'waterproof', 'waterproof'],
    [facet('waterproof', ['yes'], true), 'not waterproof', 'not waterproof'],
    [facet('heated', ['no']), 'not heated', 'not heated'],
    [facet('clothing_material', ['leather'], true), 'not leather', 'clothing material not leather'],
    [facet('color', ['red', 'blue']), 'red or blue', 'color red or blue'],
    [facet('color', ['navy blue', 'blue', 'light blue']), 'blue', 'color blue'],
    [facet('shoe_size', ['42']), 'shoe size 42', 'shoe size 42'],
    [
      { ...facet('extras', ['bag included', 'storage bag', 'doll bag'], true), text: 'not a bag' },
      'not a bag',
      'extras not a bag',
    ],
    [
      { ...facet('hdmi_ports', ['3', '4', '6']), text: 'at least 3' },
      'hdmi ports at least 3',
      'hdmi ports at least 3',
    ],
  ])('%j is “%s” on a chip and “%s” when it was left out', (constraint, short, full) => {
    expect(chipOf(constraint, 'USD', inEnglish).label).toBe(short)
    expect(describeConstraint(constraint, 'USD', inEnglish)).toBe(full)
  })
})
