import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateExpression, resolveText } from '../../../src/world/openscenario/expression.ts'

const none = () => undefined

describe('evaluateExpression', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * -3', -9],
    ['-$a * 2', -20],
    ['10 % 4 - 1', 1],
    ['2 * sqrt( 4 * 4 ) / (5 / 3.6)', 5.76],
    ['pow(2, 3) + max(1, 4, 2) + round(1.6)', 14],
    ['1e-3 * 2000', 2],
    ['not true or (true and $yes)', true],
  ])('%s is %s [DRIVE-OSC-01]', (text, expected) => {
    const parameters = new Map([
      ['a', '10'],
      ['yes', 'true'],
      ['true', 'true'],
    ])
    const value = evaluateExpression(text, (name) => parameters.get(name))
    if (typeof expected === 'number') expect(value).toBeCloseTo(expected, 12)
    else expect(value).toBe(expected)
  })

  it('agrees with JavaScript on sums of products of any numbers', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => (Object.is(x, -0) ? 0 : x))
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        expect(evaluateExpression(`${a} + (${b}) * (${c}) - ${Math.abs(a)}`, none)).toBe(
          a + b * c - Math.abs(a),
        )
      }),
      { seed: 11, numRuns: 200 },
    )
  })

  it.each(['1 +', '(1', '1 2', 'nothing', 'sqrt(1, 2)', '#'])('refuses %s [DRIVE-OSC-01]', (text) => {
    expect(() => evaluateExpression(text, none)).toThrow()
  })

  it('leaves other text as it is and replaces $name', () => {
    expect(resolveText('./road.xodr', none)).toBe('./road.xodr')
    expect(resolveText('$car', () => 'van')).toBe('van')
  })
})
