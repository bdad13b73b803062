import { always, normalizeCondition, settingOf, unsaid } from '../../facts/condition.ts'
import type { Atom, Condition } from '../../facts/condition.ts'
import type { Func } from '../../parse/ir.ts'
import { annotationsOf, simpleName } from '../../resolve/annotations.ts'
import type { Annotation } from '../../resolve/annotations.ts'
import { both, either, knownTruth, not } from '../../resolve/conditions.ts'
import { notePlace } from '../../resolve/places.ts'
import type { Interpreter } from '../../resolve/interpreter.ts'
import { textOf } from '../../resolve/values.ts'
import type { ClassRef } from '../../resolve/values.ts'

/** Whether a profile is active (an environment of Micronaut's). */
const active = (name: string, kind = 'profile'): Condition => [
  [{ subject: `@${kind} ${name}`, op: 'true' } satisfies Atom],
]
const unknown: Condition = [[unsaid]]
const setting = (name: string, op: Atom['op'], value?: string): Atom => ({
  subject: settingOf(name),
  op,
  ...(value === undefined ? {} : { value }),
})

/**
 * What profiles and settings have to be for a container to make what a class or one of its methods gives: Spring ("Environment Abstraction", "Condition Annotations"), Quarkus ("Enabling Beans
 * for Quarkus Build Profile", "… Properties"), Micronaut ("Conditional Beans"). What asks which classes there are always holds.
 */
export function beanWhen(
  interpreter: Interpreter,
  ref: ClassRef,
  fn: Pick<Func, 'decorators'> | null = null,
): Condition {
  const when = [...(fn ? of(interpreter, ref, fn) : []), ...around(interpreter, ref)]
  return when.every((one) => one === always)
    ? always
    : normalizeCondition(when.reduce(both, always), { keepsUnsaid: true })
}

// Of the class, and of those around it: what stands in one that is not made is not made either.
const around = (interpreter: Interpreter, ref: ClassRef): Condition[] => [
  ...of(interpreter, ref, ref.cls),
  ...(ref.outer ? around(interpreter, ref.outer) : []),
]

const of = (interpreter: Interpreter, ref: ClassRef, { decorators }: Pick<Func, 'decorators'>): Condition[] =>
  annotationsOf(interpreter, decorators, ref.scope, ref).map((one) => {
    const { start, end } = one.expr
    const when = whenOf(one)
    return when === always
      ? when
      : notePlace(when, { site: { module: ref.module, start, end, symbol: ref.cls.name }, from: [] })
  })

function whenOf({ path, args }: Annotation): Condition {
  if (path.startsWith(':')) return always
  const texts = (...names: string[]) =>
    args
      .filter(({ name }) => names.includes(name ?? 'value'))
      .flatMap(({ value }) => (value.t === 'list' ? value.items : [value]))
      .map((one) => textOf(one))
  const text = (name: string) => texts(name)[0] ?? null
  const isTrue = (name: string) => args.some((one) => one.name === name && knownTruth(one.value) === true)
  const any = (names: readonly (string | null)[], of: (name: string) => Condition) =>
    names.map((name) => (name === null ? unknown : of(name))).reduce(either)
  switch (simpleName(path)) {
    case 'Profile':
      return texts('value').length > 0 ? any(texts('value'), profiles) : always
    case 'IfBuildProfile':
    case 'UnlessBuildProfile': {
      const named = texts('value', 'anyOf')
      const all = named.length > 0 ? any(named, active) : unknown
      return path.endsWith('UnlessBuildProfile') ? not(all) : all
    }
    case 'ConditionalOnProperty':
    case 'ConditionalOnBooleanProperty': {
      const prefix = text('prefix')?.replace(/\.?$/, '.') ?? ''
      const isBoolean = path.endsWith('ConditionalOnBooleanProperty')
      const having = args.find(({ name }) => name === 'havingValue')?.value
      const wanted = isBoolean
        ? String(having ? (knownTruth(having) ?? '') : true)
        : having
          ? textOf(having)
          : ''
      return texts('name', 'value')
        .map((name) =>
          name === null || wanted === null
            ? unknown
            : property(prefix + name, wanted, isTrue('matchIfMissing')),
        )
        .reduce(both, always)
    }
    case 'ConditionalOnExpression':
      return expression(text('value') ?? '')
    case 'Conditional':
      return unknown
    case 'IfBuildProperty':
    case 'UnlessBuildProperty':
    case 'LookupIfProperty':
    case 'LookupUnlessProperty': {
      const [name, wanted] = [text('name'), text('stringValue')]
      if (name === null || wanted === null) return unknown
      const isUnless = /Unless\w+$/.test(path)
      const isMissing = isTrue('enableIfMissing') || isTrue('lookupIfMissing')
      const is: Condition = [[setting(name, isUnless ? '!=' : '==', wanted)]]
      const there: Condition = [[setting(name, 'present')]]
      return isMissing ? [...is, [setting(name, 'absent')]] : isUnless ? both(is, there) : is
    }
    case 'Requires':
      return path.startsWith('io.micronaut.') ? required(args, texts, text) : always
    default:
      return always
  }
}

// `name` is what is wanted; where nothing is, anything but "false".
function property(name: string, wanted: string, isMissing: boolean): Condition {
  const missing: Condition = isMissing ? [[setting(name, 'absent')]] : []
  if (wanted !== '') return [[setting(name, '==', wanted)], ...missing]
  const isOn: Atom = setting(name, '!=', 'false')
  return isMissing ? [[isOn]] : [[setting(name, 'present'), isOn]]
}

/** `${name}`, `${name:true}`, also in quotes; nothing else is told. */
function expression(text: string): Condition {
  const [, name, otherwise] = /^\s*(?:#\{)?\s*'?\$\{([\w.-]+)(?::(\w*))?\}'?\s*\}?\s*$/.exec(text) ?? []
  return name === undefined ? unknown : property(name, 'true', otherwise === 'true')
}

function required(
  args: Annotation['args'],
  texts: (...names: string[]) => (string | null)[],
  text: (name: string) => string | null,
): Condition {
  const environments = (name: string) =>
    texts(name)
      .map((one) => (one === null ? unknown : active(one, 'environment')))
      .reduce<Condition>((all, one) => (all.length === 0 ? one : either(all, one)), [])
  const [env, notEnv] = [environments('env'), environments('notEnv')]
  const name = text('property')
  const [value, unwanted, otherwise] = [text('value'), text('notEquals'), text('defaultValue')]
  const asked: Condition =
    name === null
      ? always
      : value !== null
        ? [[setting(name, '==', value)], ...(otherwise === value ? [[setting(name, 'absent')]] : [])]
        : unwanted !== null
          ? [[setting(name, '!=', unwanted)]]
          : [[setting(name, 'present')]]
  const missing = text('missingProperty')
  const isOther = args.some((one) => one.name === 'condition')
  return [
    env.length > 0 ? env : always,
    notEnv.length > 0 ? not(notEnv) : always,
    asked,
    missing === null ? always : [[setting(missing, 'absent')]],
    isOther ? unknown : always,
  ].reduce(both)
}

/** Spring's expressions of profiles: `!local`, `cloud & (eu | us)`. */
function profiles(text: string): Condition {
  const signs = text.match(/[()!&|]|[^\s()!&|]+/g) ?? []
  let at = 0
  const one = (): Condition => {
    const sign = signs[at++]
    if (sign === '!') return not(one())
    if (sign !== '(') return sign === undefined || /[)&|]/.test(sign) ? unknown : active(sign)
    const inner = all()
    at++
    return inner
  }
  const all = (): Condition => {
    let left = one()
    while (signs[at] === '&' || signs[at] === '|') left = (signs[at++] === '&' ? both : either)(left, one())
    return left
  }
  const told = all()
  return at >= signs.length ? told : unknown
}
