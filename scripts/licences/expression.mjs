const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

/**
 * Whether an SPDX expression can be met by allowed licences alone: one side of an OR, both sides of an AND.
 * @param {string} expression e.g. `(MIT OR GPL-3.0-only)`; parentheses nest
 */
export function isAllowed(expression) {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? []
  let at = 0
  /** @returns {boolean} */
  const either = () => {
    let result = both()
    while (tokens[at] === 'OR') {
      at += 1
      const right = both()
      result = result || right
    }
    return result
  }
  /** @returns {boolean} */
  const both = () => {
    let result = one()
    while (tokens[at] === 'AND') {
      at += 1
      const right = one()
      result = result && right
    }
    return result
  }
  /** @returns {boolean} */
  const one = () => {
    const token = tokens[at++]
    if (token !== '(') return token !== undefined && allowed.has(token)
    const inside = either()
    return tokens[at++] === ')' && inside
  }
  return either() && at === tokens.length
}
