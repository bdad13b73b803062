/** Why an expression could not be evaluated; the reader adds where. */
export class ExpressionError extends Error {}

type Value = number | boolean

/** One-argument functions of OpenSCENARIO 1.2, annex on expressions. */
const functions: Record<string, (x: number) => number> = {
  sqrt: Math.sqrt,
  abs: Math.abs,
  round: Math.round,
  floor: Math.floor,
  ceil: Math.ceil,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  sign: Math.sign,
}

const binary: [string, (a: Value, b: Value) => Value][][] = [
  [['or', (a, b) => Boolean(a) || Boolean(b)]],
  [['and', (a, b) => Boolean(a) && Boolean(b)]],
  [
    ['+', (a, b) => Number(a) + Number(b)],
    ['-', (a, b) => Number(a) - Number(b)],
  ],
  [
    ['*', (a, b) => Number(a) * Number(b)],
    ['/', (a, b) => Number(a) / Number(b)],
    ['%', (a, b) => Number(a) % Number(b)],
  ],
]

const token = /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|\$?([A-Za-z_]\w*)|([-+*/%(),]))/y

/**
 * Evaluates the inside of `${…}`: numbers, parameters (with or without `$`), + − * / %, and, or, not, parentheses, functions, pow, max, min.
 * `lookUp` gives a parameter's text or undefined. Throws `ExpressionError`.
 */
export function evaluateExpression(text: string, lookUp: (name: string) => string | undefined): Value {
  const tokens: string[] = []
  token.lastIndex = 0
  while (text.slice(token.lastIndex).trim() !== '') {
    const at = token.lastIndex
    const match = token.exec(text)
    if (!match) throw new ExpressionError(`cannot read "${text.slice(at).trim()}" in \${${text}}`)
    tokens.push(match[0].trim())
  }
  let at = 0
  const expect = (wanted: string) => {
    if (tokens[at++] !== wanted) throw new ExpressionError(`misses "${wanted}" in \${${text}}`)
  }
  const level = (depth: number): Value => {
    const operators = binary[depth]
    if (!operators) return unary()
    let left = level(depth + 1)
    for (;;) {
      const operator = operators.find(([symbol]) => symbol === tokens[at])
      if (!operator) return left
      at++
      left = operator[1](left, level(depth + 1))
    }
  }
  const unary = (): Value => {
    if (tokens[at] === '-') return (at++, -Number(unary()))
    if (tokens[at] === '+') return (at++, Number(unary()))
    if (tokens[at] === 'not') return (at++, !unary())
    return primary()
  }
  const primary = (): Value => {
    const current = tokens[at++]
    if (current === undefined) throw new ExpressionError(`ends too early: \${${text}}`)
    if (current === '(') {
      const inside = level(0)
      expect(')')
      return inside
    }
    if (/^[\d.]/.test(current)) return Number(current)
    if (tokens[at] === '(') return call(current)
    return parameter(current.replace('$', ''))
  }
  const call = (name: string): Value => {
    expect('(')
    const args = [Number(level(0))]
    while (tokens[at] === ',') {
      at++
      args.push(Number(level(0)))
    }
    expect(')')
    const [x, y] = args as [number, number]
    if (functions[name] && args.length === 1) return functions[name](x)
    if (name === 'pow' && args.length === 2) return x ** y
    if (name === 'max') return Math.max(...args)
    if (name === 'min') return Math.min(...args)
    throw new ExpressionError(`has no function ${name} of ${args.length} arguments in \${${text}}`)
  }
  const parameter = (name: string): Value => {
    const found = lookUp(name)
    if (found === undefined) throw new ExpressionError(`names the parameter ${name}, which is not declared`)
    if (found === 'true' || found === 'false') return found === 'true'
    const number = Number(found)
    if (found.trim() === '' || Number.isNaN(number))
      throw new ExpressionError(`needs ${name} to be a number, it is "${found}"`)
    return number
  }
  const value = level(0)
  if (at < tokens.length) throw new ExpressionError(`has "${tokens[at]}" left over in \${${text}}`)
  return value
}

/** Replaces `$name` and `${…}` that make up a whole attribute; other text is returned as it is. */
export function resolveText(text: string, lookUp: (name: string) => string | undefined): string {
  const expression = /^\s*\$\{([^}]*)\}\s*$/.exec(text)
  if (expression) return String(evaluateExpression(expression[1] as string, lookUp))
  const name = /^\s*\$([A-Za-z_]\w*)\s*$/.exec(text)
  if (!name) return text
  const value = lookUp(name[1] as string)
  if (value === undefined) throw new ExpressionError(`names the parameter ${name[1]}, which is not declared`)
  return value
}
