/** Why an expression could not be evaluated; the reader adds where. */
export class ExpressionError extends Error {}

type Value = number | boolean | string

/** Names of mathematics, where no parameter has them. */
const constants: Record<string, number> = {
  pi: Math.PI,
  PI: Math.PI,
  e: Math.E,
  E: Math.E,
  tau: 2 * Math.PI,
  inf: Infinity,
}

/** One-argument functions of OpenSCENARIO 1.3, annex on expressions. */
const functions: Record<string, (x: number) => number> = {
  sqrt: Math.sqrt,
  abs: Math.abs,
  round: Math.round,
  floor: Math.floor,
  ceil: Math.ceil,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sign: Math.sign,
  ln: Math.log,
  log: Math.log10,
  exp: Math.exp,
}

/** Texts are put together; everything else is a number. */
function add(a: Value, b: Value): Value {
  return typeof a === 'string' || typeof b === 'string' ? `${a}${b}` : Number(a) + Number(b)
}

function ordered(compare: (a: number, b: number) => boolean): (a: Value, b: Value) => Value {
  return (a, b) => compare(Number(a), Number(b))
}

const binary: [string, (a: Value, b: Value) => Value][][] = [
  [['or', (a, b) => Boolean(a) || Boolean(b)]],
  [['and', (a, b) => Boolean(a) && Boolean(b)]],
  [
    ['==', (a, b) => a === b],
    ['!=', (a, b) => a !== b],
    ['<=', ordered((a, b) => a <= b)],
    ['>=', ordered((a, b) => a >= b)],
    ['<', ordered((a, b) => a < b)],
    ['>', ordered((a, b) => a > b)],
  ],
  [
    ['+', add],
    ['-', (a, b) => Number(a) - Number(b)],
  ],
  [
    ['*', (a, b) => Number(a) * Number(b)],
    ['/', (a, b) => Number(a) / Number(b)],
    ['%', (a, b) => Number(a) % Number(b)],
  ],
]

const token =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|'[^']*'|\$?[A-Za-z_](?:[\w.]*\w)?|[<>=!]=|[-+*/%(),<>])/y

/** Gives a parameter's text, or undefined where there is none. */
export type ParameterLookUp = (name: string) => string | undefined

type Evaluate = (lookUp: ParameterLookUp) => Value

/** Reads an expression once into a function; what is wrong with its form throws `ExpressionError` here. */
function compileExpression(text: string): Evaluate {
  const tokens: string[] = []
  token.lastIndex = 0
  while (text.slice(token.lastIndex).trim() !== '') {
    const at = token.lastIndex
    const match = token.exec(text)
    if (!match) throw new ExpressionError(`cannot read "${text.slice(at).trim()}" in \${${text}}`)
    tokens.push(match[0].trim())
  }
  if (tokens.length > mostTokens) throw new ExpressionError(`is too long: \${${text.slice(0, 40)}…}`)
  let at = 0
  const expect = (wanted: string) => {
    if (tokens[at++] !== wanted) throw new ExpressionError(`misses "${wanted}" in \${${text}}`)
  }
  const level = (depth: number): Evaluate => {
    const operators = binary[depth]
    if (!operators) return unary()
    let left = level(depth + 1)
    for (;;) {
      const operator = operators.find(([symbol]) => symbol === tokens[at])
      if (!operator) return left
      at++
      const [, apply] = operator
      const [first, second] = [left, level(depth + 1)]
      left = (lookUp) => apply(first(lookUp), second(lookUp))
    }
  }
  const unary = (): Evaluate => {
    const sign = tokens[at]
    if (sign !== '-' && sign !== '+' && sign !== 'not') return primary()
    at++
    const inside = unary()
    if (sign === '-') return (lookUp) => -Number(inside(lookUp))
    if (sign === '+') return (lookUp) => Number(inside(lookUp))
    return (lookUp) => !inside(lookUp)
  }
  const primary = (): Evaluate => {
    const current = tokens[at++]
    if (current === undefined) throw new ExpressionError(`ends too early: \${${text}}`)
    if (current === '(') {
      const inside = level(0)
      expect(')')
      return inside
    }
    if (/^[\d.]/.test(current)) return () => Number(current)
    if (current.startsWith("'")) return () => current.slice(1, -1)
    if (tokens[at] === '(') return call(current)
    return (lookUp) => parameterValue(current, lookUp)
  }
  const call = (name: string): Evaluate => {
    expect('(')
    const args = [level(0)]
    while (tokens[at] === ',') {
      at++
      args.push(level(0))
    }
    expect(')')
    const apply = functionOf(name, args.length)
    if (!apply)
      throw new ExpressionError(`has no function ${name} of ${args.length} arguments in \${${text}}`)
    return (lookUp) => apply(args.map((argument) => Number(argument(lookUp))))
  }
  const value = level(0)
  if (at < tokens.length) throw new ExpressionError(`has "${tokens[at]}" left over in \${${text}}`)
  return value
}

function functionOf(name: string, count: number): ((args: number[]) => number) | null {
  const single = Object.hasOwn(functions, name) ? functions[name] : undefined
  if (single && count === 1) return ([x]) => single(x as number)
  if (name === 'pow' && count === 2) return ([x, y]) => (x as number) ** (y as number)
  if (name === 'max') return (args) => Math.max(...args)
  if (name === 'min') return (args) => Math.min(...args)
  return null
}

/** Of `$name`, or of `name`, which may be a constant too. A text stays one: it can be put together and compared. */
function parameterValue(word: string, lookUp: ParameterLookUp): Value {
  const name = word.replace('$', '')
  const found = lookUp(name)
  if (found === undefined) {
    const constant = word === name && Object.hasOwn(constants, name) ? constants[name] : undefined
    if (constant !== undefined) return constant
    if (word === 'true' || word === 'false') return word === 'true'
    throw new ExpressionError(`names the parameter ${name}, which is not declared`)
  }
  if (found === 'true' || found === 'false') return found === 'true'
  return found.trim() === '' || Number.isNaN(Number(found)) ? found : Number(found)
}

/** More than that in one attribute is no expression that a person wrote, and would use up the stack. */
const mostTokens = 1000
/** Expressions by their text: the same few are evaluated for every combination of parameters. */
const compiled = new Map<string, Evaluate>()
const mostCompiled = 10_000

/**
 * Evaluates the inside of `${…}`: numbers, texts in apostrophes, parameters (with or without `$`), constants, + − * / %, comparisons, and, or, not,
 * parentheses, functions, pow, max, min.
 * `lookUp` gives a parameter's text or undefined. Throws `ExpressionError`.
 */
export function evaluateExpression(text: string, lookUp: ParameterLookUp): Value {
  let evaluate = compiled.get(text)
  if (!evaluate) {
    evaluate = compileExpression(text)
    if (compiled.size >= mostCompiled) compiled.clear()
    compiled.set(text, evaluate)
  }
  return evaluate(lookUp)
}

/** Parameters and plain words joined by +, as names of parts of a storyboard are put together: no grammar has them, some files do. */
function joinedWords(text: string, lookUp: ParameterLookUp): string | null {
  const parts = text.split('+').map((part) => part.trim())
  if (parts.length < 2 || !parts.every((part) => /^\$?[\w .:-]+$/.test(part))) return null
  const words = parts.map((part) => (part.startsWith('$') ? lookUp(part.slice(1)) : part))
  return words.includes(undefined) ? null : words.join('')
}

function resolveExpression(text: string, lookUp: ParameterLookUp): string {
  try {
    const value = evaluateExpression(text, lookUp)
    if (typeof value === 'number' && Number.isNaN(value))
      throw new ExpressionError(`has no number as its value: \${${text}}`)
    return String(value)
  } catch (error) {
    const joined = error instanceof ExpressionError ? joinedWords(text, lookUp) : null
    if (joined !== null) return joined
    throw error
  }
}

/** Replaces `$name` and `${…}` that make up a whole attribute; other text is returned as it is. */
export function resolveText(text: string, lookUp: ParameterLookUp): string {
  if (!text.includes('$')) return text
  const expression = /^\s*\$\{([^}]*)\}\s*$/.exec(text)
  if (expression) return resolveExpression(expression[1] as string, lookUp)
  const name = /^\s*\$([A-Za-z_][\w.-]*)\s*$/.exec(text)
  if (!name) return text
  const value = lookUp(name[1] as string)
  if (value === undefined) throw new ExpressionError(`names the parameter ${name[1]}, which is not declared`)
  return value
}
