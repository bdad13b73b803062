import type { CelFunc, CelType } from '@bufbuild/cel'
import { findNearest } from '@heavylift/core/runtime/nearest'
import { engineFor } from './engine.ts'
import type { Expression } from './expression.ts'
import { constantKey } from './tree.ts'
import type { Expr } from './tree.ts'
import { any, either, mayBe, typeText } from './types.ts'
import type { Type } from './types.ts'

/** What is wrong with an expression, before it ever runs. */
export interface TypeProblem {
  code: 'unknown-name' | 'unknown-field' | 'unknown-function' | 'wrong-type'
  message: string
  /** Offset in the expression, in UTF-16 units. */
  offset: number
  /** The field that is not there. */
  field?: string
}

export type Names = Readonly<Record<string, Type>>

const { environment } = engineFor({})
const boolean: Type = { kind: 'bool' }

/** The type of an expression over names of known types, and what cannot be right. What is not known is let through: only sure faults are named. */
export function typeOf(expression: Expression, names: Names): { type: Type; problems: TypeProblem[] } {
  const typing = new Typing(expression)
  const type = typing.of(expression.tree, names)
  return { type, problems: typing.problems }
}

class Typing {
  readonly problems: TypeProblem[] = []
  readonly #positions: Expression['positions']

  constructor({ positions }: Expression) {
    this.#positions = positions
  }

  of(expr: Expr, names: Names): Type {
    const { exprKind: kind } = expr
    switch (kind.case) {
      case 'constExpr':
        return constantType(kind.value.constantKind.case)
      case 'identExpr': {
        const { name } = kind.value
        if (Object.hasOwn(names, name)) return names[name]!
        if (typeNames.has(name)) return { kind: 'type' }
        return this.#fault(
          expr,
          'unknown-name',
          `There is no “${name}” here. ${nearest(name, Object.keys(names))}`,
        )
      }
      case 'selectExpr': {
        const of = this.of(kind.value.operand!, names)
        const field = this.#field(expr, of, kind.value.field)
        return kind.value.testOnly ? boolean : field
      }
      case 'listExpr':
        return { kind: 'list', of: either(kind.value.elements.map((item) => this.of(item, names))) }
      case 'structExpr': {
        const fields: Record<string, Type> = {}
        let isKnown = true
        for (const entry of kind.value.entries) {
          const value = entry.value === undefined ? any : this.of(entry.value, names)
          const key = entry.keyKind.case === 'mapKey' ? constantKey(entry.keyKind.value) : entry.keyKind.value
          if (typeof key === 'string') fields[key] = value
          else isKnown = false
        }
        return { kind: 'record', fields, rest: isKnown ? null : any }
      }
      case 'comprehensionExpr':
        return this.#loop(expr, names)
      case 'callExpr':
        return this.#call(expr, names)
      default:
        return any
    }
  }

  #loop(expr: Expr, names: Names): Type {
    if (expr.exprKind.case !== 'comprehensionExpr') return any
    const { iterVar, accuVar, iterRange, accuInit, loopCondition, loopStep, result } = expr.exprKind.value
    const range = this.of(iterRange!, names)
    const init = this.of(accuInit!, names)
    if (accuVar !== '@result') return this.of(result!, { ...names, [accuVar]: init })
    const item = this.#itemOf(iterRange!, range)
    // A list is built from an empty one, so its elements are what one turn adds.
    const first = { ...names, [iterVar]: item, [accuVar]: init }
    const turn = this.of(loopStep!, first)
    const accumulated = init.kind === 'list' ? turn : either([init, turn])
    const inside = { ...names, [iterVar]: item, [accuVar]: accumulated }
    this.of(loopCondition!, inside)
    return this.of(result!, inside)
  }

  #itemOf(expr: Expr, type: Type): Type {
    if (type.kind === 'list') return type.of
    if (type.kind === 'record') return { kind: 'string' }
    if (type.kind === 'any') return any
    if (type.kind === 'either') {
      const usable = type.of.filter(({ kind }) => kind === 'list' || kind === 'record')
      if (usable.length > 0) return either(usable.map((part) => this.#itemOf(expr, part)))
    }
    return this.#fault(expr, 'wrong-type', `A list is expected here, and this is ${typeText(type)}.`)
  }

  #call(expr: Expr, names: Names): Type {
    if (expr.exprKind.case !== 'callExpr') return any
    const { function: name, target, args } = expr.exprKind.value
    const space = target?.exprKind.case === 'identExpr' ? `${target.exprKind.value.name}.${name}` : ''
    const isQualified = environment.funcs.find(space) !== undefined
    const types = args.map((arg) => this.of(arg, names))
    switch (name) {
      case '_?_:_':
        this.#expect(args[0]!, types[0]!, boolean)
        return either([types[1]!, types[2]!])
      case '_&&_':
      case '_||_':
      case '!_':
        args.forEach((arg, at) => this.#expect(arg, types[at]!, boolean))
        return boolean
      case '_==_':
      case '_!=_':
        if (!mayBe(types[0]!, types[1]!) && !mayBe(types[1]!, types[0]!))
          this.#fault(
            expr,
            'wrong-type',
            `${typeText(types[0]!)} and ${typeText(types[1]!)} are compared, which are never equal.`,
          )
        return boolean
      case '_[_]':
        return this.#element(expr, args, types)
      case '@not_strictly_false':
        return boolean
      default:
    }
    const on = target === undefined || isQualified ? undefined : this.of(target, names)
    return this.#overload(expr, isQualified ? space : name, on, types)
  }

  #overload(expr: Expr, name: string, on: Type | undefined, args: readonly Type[]): Type {
    const group = environment.funcs.find(name)
    if (group === undefined) {
      const known = [...environment.funcs].map((func) => func.name).filter((other) => /^[a-z]/i.test(other))
      return this.#fault(
        expr,
        'unknown-function',
        `There is no function “${name}”. ${nearest(name, [...new Set(known)])}`,
      )
    }
    const fitting = [...group].filter((func) => fits(func, on, args))
    if (fitting.length > 0) return either(fitting.map((func) => fromCelType(func.result)))
    const given = [...(on === undefined ? [] : [on]), ...args].map(typeText).join(' and ')
    const wanted = [...group].map((func) =>
      [...(func.target === undefined ? [] : [func.target]), ...func.arguments]
        .map((type) => typeText(fromCelType(type)))
        .join(' and '),
    )
    const word = /^[a-z]/i.test(name) ? name : name.replaceAll('_', '').replaceAll('@', '')
    return this.#fault(
      expr,
      'wrong-type',
      `“${word}” does not take ${given || 'nothing'}; it takes ${[...new Set(wanted)].slice(0, 4).join(', or ')}.`,
    )
  }

  #element(expr: Expr, args: Expr[], [of = any, at = any]: readonly Type[]): Type {
    const key = constantKey(args[1])
    if (of.kind === 'list') {
      this.#expect(args[1]!, at, { kind: 'int' })
      return of.of
    }
    if (of.kind === 'record')
      return typeof key === 'string'
        ? this.#field(expr, of, key)
        : either([...Object.values(of.fields), of.rest ?? any])
    if (of.kind === 'either') {
      const usable = of.of.filter(({ kind }) => kind === 'list' || kind === 'record')
      if (usable.length > 0) return either(usable.map((part) => this.#element(expr, args, [part, at])))
    }
    if (of.kind === 'any') return any
    return this.#fault(
      expr,
      'wrong-type',
      `[…] takes a part of a list or object, and this is ${typeText(of)}.`,
    )
  }

  #field(expr: Expr, of: Type, name: string): Type {
    switch (of.kind) {
      case 'any':
        return any
      case 'record':
        if (Object.hasOwn(of.fields, name)) return of.fields[name]!
        if (of.rest !== null) return of.rest
        return this.#fault(
          expr,
          'unknown-field',
          `There is no field “${name}”. ${nearest(name, Object.keys(of.fields))}`,
          name,
        )
      case 'either': {
        const records = of.of.filter(({ kind }) => kind === 'record')
        const having = records.filter(
          (part) => part.kind === 'record' && (Object.hasOwn(part.fields, name) || part.rest !== null),
        )
        if (having.length > 0) return either(having.map((part) => this.#field(expr, part, name)))
        if (records.length > 0) return this.#field(expr, records[0]!, name)
        break
      }
      default:
    }
    const advice = of.kind === 'list' ? ' Take an element ([0]) or go through them (.map).' : ''
    return this.#fault(
      expr,
      'wrong-type',
      `“.${name}” takes a field of an object, and this is ${typeText(of)}.${advice}`,
    )
  }

  #expect(expr: Expr, given: Type, wanted: Type): void {
    if (!mayBe(given, wanted))
      this.#fault(
        expr,
        'wrong-type',
        `${capital(typeText(wanted))} is expected here, and this is ${typeText(given)}.`,
      )
  }

  #fault(expr: Expr, code: TypeProblem['code'], message: string, field?: string): Type {
    const offset = this.#positions[String(expr.id)] ?? 0
    if (!this.problems.some((known) => known.offset === offset && known.message === message))
      this.problems.push({ code, message, offset, ...(field === undefined ? {} : { field }) })
    return any
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function nearest(name: string, known: readonly string[]): string {
  const near = findNearest(name, known)
  if (near !== null) return `Did you mean “${near}”?`
  return known.length === 0 ? '' : `There is ${known.slice(0, 12).join(', ')}.`
}

function fits(func: CelFunc, on: Type | undefined, args: readonly Type[]): boolean {
  if (func.arguments.length !== args.length || (func.target === undefined) !== (on === undefined))
    return false
  if (on !== undefined && !mayBe(on, fromCelType(func.target!))) return false
  return args.every((arg, at) => mayBe(arg, fromCelType(func.arguments[at]!)))
}

const typeNames = new Set([
  'bool',
  'bytes',
  'double',
  'int',
  'list',
  'map',
  'null_type',
  'string',
  'type',
  'uint',
])

function fromCelType(type: CelType): Type {
  switch (type.kind) {
    case 'list':
      return { kind: 'list', of: fromCelType(type.element) }
    case 'map':
      return { kind: 'record', fields: {}, rest: fromCelType(type.value) }
    case 'object':
      if (type.name === 'google.protobuf.Timestamp') return { kind: 'timestamp' }
      return type.name === 'google.protobuf.Duration' ? { kind: 'duration' } : any
    default:
      switch (type.scalar) {
        case 'int':
        case 'uint':
          return { kind: 'int' }
        case 'null_type':
          return { kind: 'null' }
        case 'dyn':
          return any
        default:
          return { kind: type.scalar }
      }
  }
}

function constantType(kind: string | undefined): Type {
  switch (kind) {
    case 'boolValue':
      return boolean
    case 'int64Value':
    case 'uint64Value':
      return { kind: 'int' }
    case 'doubleValue':
      return { kind: 'double' }
    case 'stringValue':
      return { kind: 'string' }
    case 'bytesValue':
      return { kind: 'bytes' }
    case 'nullValue':
      return { kind: 'null' }
    default:
      return any
  }
}
