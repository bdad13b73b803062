import { parseExpressionAt } from 'acorn'
import type { Expression, Node } from 'acorn'
import {
  asText,
  asNumber,
  atom,
  choose,
  compound,
  member,
  NotCel,
  numberLiteral,
  present,
  textLiteral,
  truthy,
  wrap,
} from './cel-value.ts'
import type { Cel } from './cel-value.ts'
import { callFunction, callMethod, property } from './methods.ts'

/** Names that an expression may use, and what they are in CEL: `$json` → `steps.fetch.output`. */
export interface Names {
  /** The value of a name; null for one that is not known. */
  variable(name: string): Cel | null
  /** `object.key`, where the object is one of the names' own things (`$('Fetch').item.json`); null to take it as a plain field. */
  path?(node: Node): Cel | null
}

/**
 * A JavaScript expression as CEL. Nothing is run: the text is parsed, and what has an equal in CEL is put together.
 *
 * @throws NotCel with the part that CEL cannot say
 */
export function jsToCel(source: string, names: Names): Cel {
  return new Translator(names).whole(source)
}

class Translator {
  readonly #names: Names
  /** Parameters of arrow functions that are open here. */
  readonly #bound = new Map<string, Cel>()

  constructor(names: Names) {
    this.#names = names
  }

  whole(source: string): Cel {
    let node: Expression
    try {
      // In brackets an object is no block; what follows the expression is an error.
      const text = `(${source.trim().replace(/;\s*$/, '')}\n)`
      node = parseExpressionAt(text, 0, { ecmaVersion: 2024, preserveParens: true })
      if (text.slice(node.end).trim() !== '') throw new NotCel('more than one expression')
    } catch (error) {
      throw error instanceof NotCel ? error : new NotCel('no JavaScript expression')
    }
    return this.of(node)
  }

  readonly of = (node: Node): Cel => {
    const named = this.#names.path?.(node)
    if (named) return named
    const known = node as Expression
    switch (known.type) {
      case 'Literal': {
        if (known.regex) throw new NotCel('a pattern by itself')
        if (typeof known.value === 'string') return textLiteral(known.value)
        if (typeof known.value === 'number') return numberLiteral(known.value)
        if (typeof known.value === 'boolean') return atom(String(known.value), 'bool')
        if (known.value === null) return atom('null', 'null')
        throw new NotCel('a number of this kind')
      }
      case 'TemplateLiteral': {
        const parts = known.quasis.flatMap((quasi, at) => {
          const text = quasi.value.cooked ?? quasi.value.raw
          const inner = known.expressions[at]
          return [...(text === '' ? [] : [textLiteral(text)]), ...(inner ? [asText(this.of(inner))] : [])]
        })
        if (parts.length === 0) return textLiteral('')
        return parts.length === 1 ? parts[0]! : compound(parts.map(wrap).join(' + '), 'text')
      }
      case 'Identifier': {
        if (known.name === 'undefined') return nothing
        const found = this.#bound.get(known.name) ?? this.#names.variable(known.name)
        if (found === null) throw new NotCel(`the name ${known.name}`)
        return found
      }
      case 'ChainExpression':
        return this.of(known.expression)
      case 'ParenthesizedExpression':
        return this.of(known.expression)
      case 'MemberExpression': {
        const of = this.of(known.object)
        if (!known.computed) {
          if (known.property.type !== 'Identifier') throw new NotCel('a private field')
          return property(of, known.property.name)
        }
        const key = this.of(known.property)
        if (key.literal !== undefined) return member(of, key.literal)
        return {
          ...atom(`${wrap(of)}[${key.text}]`, 'any'),
          ...(key.kind === 'text' || of.kind === 'map' ? { isThere: `${wrap(key)} in ${wrap(of)}` } : {}),
        }
      }
      case 'CallExpression':
        return this.#call(known)
      case 'NewExpression':
        if (known.callee.type !== 'Identifier') throw new NotCel('new of something')
        return callFunction(`new ${known.callee.name}`, known.arguments, this.of)
      case 'UnaryExpression':
        return this.#unary(known.operator, known.argument)
      case 'BinaryExpression':
        return this.#binary(known.operator, known.left, known.right)
      case 'LogicalExpression': {
        const left = this.of(known.left)
        const right = this.of(known.right)
        if (left.kind === 'bool' && right.kind === 'bool' && known.operator !== '??')
          return compound(`${wrap(left)} ${known.operator} ${wrap(right)}`, 'bool')
        if (known.operator === '||') return choose(truthy(left), left, right)
        if (known.operator === '&&') return choose(truthy(left), right, left)
        return choose(present(left), left, right)
      }
      case 'ConditionalExpression':
        return choose(truthy(this.of(known.test)), this.of(known.consequent), this.of(known.alternate))
      case 'ArrayExpression': {
        const items = known.elements.map((element) => {
          if (element === null || element.type === 'SpreadElement')
            throw new NotCel('a list with gaps or spreads')
          return this.of(element)
        })
        const kind = items[0]?.kind ?? 'any'
        return {
          ...atom(`[${items.map(({ text }) => text).join(', ')}]`, 'list'),
          items: items.every((item) => item.kind === kind) ? kind : 'any',
        }
      }
      case 'ObjectExpression': {
        const fields = known.properties.map((each) => {
          if (each.type !== 'Property' || each.kind !== 'init' || each.method)
            throw new NotCel('an object with spreads or methods')
          const key = each.key
          const name =
            !each.computed && key.type === 'Identifier' ? textLiteral(key.name) : asText(this.of(key))
          return `${name.text}: ${this.of(each.value).text}`
        })
        return atom(`{${fields.join(', ')}}`, 'map')
      }
      case 'SequenceExpression':
        throw new NotCel('more than one expression')
      default:
        throw new NotCel(`JavaScript of the kind ${known.type}`)
    }
  }

  #call(node: Expression & { type: 'CallExpression' }): Cel {
    const { callee } = node
    // A function that is called where it is written: its value is what it returns.
    const called = callee.type === 'ParenthesizedExpression' ? callee.expression : callee
    if (
      (called.type === 'ArrowFunctionExpression' || called.type === 'FunctionExpression') &&
      called.params.length === 0
    )
      return this.#returned(called)
    if (callee.type === 'Identifier') return callFunction(callee.name, node.arguments, this.of)
    if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier')
      throw new NotCel('a call of something that is no plain method')
    const method = callee.property.name
    const { object } = callee
    if (object.type === 'Identifier' && !this.#bound.has(object.name) && !object.name.startsWith('$')) {
      const value = callFunction(`${object.name}.${method}`, node.arguments, this.of, true)
      if (value !== null) return value
    }
    if (object.type === 'Literal' && object.regex && method === 'test')
      return callMethod('matches', this.#argument(node.arguments[0]), [object], this.of, this.#lambda)
    return callMethod(method, this.of(object), node.arguments, this.of, this.#lambda)
  }

  readonly #argument = (node: Node | undefined): Cel => {
    if (node === undefined) throw new NotCel('a call with nothing given')
    return this.of(node)
  }

  /** `item => …` as the two parts of a CEL macro: the name, and the value. */
  readonly #lambda = (node: Node, items: Cel['kind']): { name: string; value: Cel } => {
    if (node.type !== 'ArrowFunctionExpression' && node.type !== 'FunctionExpression')
      throw new NotCel('a function that is not written out')
    const arrow = node as Node & { params: Node[]; body: Node }
    const [param] = arrow.params
    if (arrow.params.length !== 1 || param?.type !== 'Identifier')
      throw new NotCel('a function that does not take exactly one plain parameter')
    const name = (param as Node & { name: string }).name
    const inCel =
      /^[a-z][A-Za-z0-9_]*$/.test(name) && !['steps', 'input', 'run', 'item'].includes(name)
        ? name
        : `each_${this.#bound.size}`
    const before = this.#bound.get(name)
    this.#bound.set(name, atom(inCel, items))
    try {
      return { name: inCel, value: this.#returned(arrow) }
    } finally {
      if (before) this.#bound.set(name, before)
      else this.#bound.delete(name)
    }
  }

  /** What a function returns that only names values on the way. */
  #returned(arrow: Node): Cel {
    const { body } = arrow as Node & { body: Node & { body?: Node[] } }
    if (body.type !== 'BlockStatement') return this.of(body)
    const before = new Map(this.#bound)
    try {
      for (const statement of body.body ?? []) {
        if (statement.type === 'ReturnStatement') {
          const { argument } = statement as Node & { argument?: Node | null }
          if (argument) return this.of(argument)
        }
        if (statement.type !== 'VariableDeclaration') break
        const { declarations, kind } = statement as Node & {
          kind: string
          declarations: { id: Node; init?: Node | null }[]
        }
        for (const { id, init } of declarations) {
          if (kind !== 'const' || id.type !== 'Identifier' || !init)
            throw new NotCel('a function with statements')
          const value = this.of(init)
          this.#bound.set((id as Node & { name: string }).name, { ...value, text: wrap(value), isAtom: true })
        }
      }
      throw new NotCel('a function with statements')
    } finally {
      this.#bound.clear()
      for (const [name, value] of before) this.#bound.set(name, value)
    }
  }

  #unary(operator: string, argument: Node): Cel {
    const value = this.of(argument)
    switch (operator) {
      case '!':
        return compound(`!${wrap({ ...truthy(value), isAtom: truthy(value).isAtom })}`, 'bool')
      case '-':
        if (typeof value.literal === 'number') return numberLiteral(-value.literal)
        return compound(`-${wrap(asNumber(value))}`, 'number')
      case '+':
        return asNumber(value)
      default:
        throw new NotCel(`the operator ${operator}`)
    }
  }

  #binary(operator: string, leftNode: Node, rightNode: Node): Cel {
    if (
      leftNode.type === 'UnaryExpression' &&
      (leftNode as Node & { operator: string }).operator === 'typeof'
    )
      return this.#typeOf(operator, (leftNode as Node & { argument: Node }).argument, this.of(rightNode))
    const left = this.of(leftNode)
    const right = this.of(rightNode)
    switch (operator) {
      case '+':
        if (left.kind === 'text' || right.kind === 'text')
          return compound(`${concatPart(left)} + ${concatPart(right)}`, 'text')
        return compound(
          `${wrap(left)} + ${wrap(right)}`,
          left.kind === 'number' && right.kind === 'number' ? 'number' : 'any',
        )
      case '-':
        if (left.kind === 'time' && right.kind === 'time')
          return compound(`${wrap(left)} - ${wrap(right)}`, 'span')
        return arithmetic('-', left, right)
      case '*':
        return arithmetic('*', left, right)
      case '/':
        // Division of whole numbers is whole in CEL and not in JavaScript.
        return compound(`double(${left.text}) / double(${right.text})`, 'number')
      case '%':
        return compound(`int(${left.text}) % int(${right.text})`, 'number')
      case '<':
      case '>':
      case '<=':
      case '>=':
        return compound(`${wrap(left)} ${operator} ${wrap(right)}`, 'bool')
      case '==':
      case '===':
        return equality(left, right, operator === '===')
      case '!=':
      case '!==': {
        const equal = equality(left, right, operator === '!==')
        return equal.text.includes('&&') || equal.text.startsWith('!')
          ? compound(`!(${equal.text})`, 'bool')
          : compound(equal.text.replace(/ == /, ' != '), 'bool')
      }
      case 'in':
        return compound(`${wrap(left)} in ${wrap(right)}`, 'bool')
      default:
        throw new NotCel(`the operator ${operator}`)
    }
  }

  #typeOf(operator: string, of: Node, name: Cel): Cel {
    const value = this.of(of)
    const tests: Record<string, string> = {
      string: `type(${value.text}) == string`,
      number: `type(${value.text}) in [int, double]`,
      boolean: `type(${value.text}) == bool`,
      object: `type(${value.text}) in [map, list, null_type]`,
    }
    const isThere = value.isThere === undefined ? '' : `${value.isThere} && `
    const test =
      name.literal === 'undefined'
        ? `!(${value.isThere ?? 'true'})`
        : typeof name.literal === 'string' && tests[name.literal] !== undefined
          ? `${isThere}${tests[name.literal]!}`
          : null
    if (test === null) throw new NotCel('typeof of this kind')
    return compound(operator.startsWith('!') ? `!(${test})` : test, 'bool')
  }
}

/** Part of a text. Brackets only where the operators inside bind less than `+`. */
function concatPart(cel: Cel): string {
  const text = asText(cel)
  return !text.isAtom && !/[?&|<>=]|!=| in /.test(text.text.replace(/"(?:\\.|[^"\\])*"/g, ''))
    ? text.text
    : wrap(text)
}

function arithmetic(operator: string, left: Cel, right: Cel): Cel {
  const part = (cel: Cel): string =>
    cel.kind === 'text' || cel.kind === 'bool' ? asNumber(cel).text : wrap(cel)
  if (left.kind === 'time' || right.kind === 'time') throw new NotCel('arithmetic with a time')
  return compound(`${part(left)} ${operator} ${part(right)}`, 'number')
}

/** What is not there, as opposed to `null`. */
const nothing: Cel = atom('null', 'null')

/** Equality, false for a field that is not there, as in JavaScript. */
function equality(left: Cel, right: Cel, isStrict: boolean): Cel {
  if (isStrict && (left === nothing || right === nothing)) {
    const value = left === nothing ? right : left
    return compound(value.isThere === undefined ? 'false' : `!(${value.isThere})`, 'bool')
  }
  if (left.kind === 'null' || right.kind === 'null') {
    const value = left.kind === 'null' ? right : left
    return compound(`!(${present(value).text})`, 'bool')
  }
  const guard = [left.isThere, right.isThere].filter((part) => part !== undefined)
  return compound([...guard, `${wrap(left)} == ${wrap(right)}`].join(' && '), 'bool')
}
