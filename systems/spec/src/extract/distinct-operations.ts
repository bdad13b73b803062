import { normalizeCondition } from '../facts/condition.ts'
import { either } from '../resolve/conditions.ts'
import type { FuncValue, Scope, Site, Value } from '../resolve/values.ts'
import { isSame, printValue } from '../resolve/values.ts'
import type { FoundOperation } from './flat-routes.ts'

/** Each operation once: programs that make the same application (a server, a command, a migration) find the same code behind the same routes. */
export function distinctOperations(operations: readonly FoundOperation[]): FoundOperation[] {
  const byRoute = new Map<string, FoundOperation[]>()
  return operations.filter((operation) => {
    const { method, template, site } = operation
    const key = `${method} ${template.path} ${site.module.path}:${site.start}`
    const known = byRoute.get(key) ?? []
    byRoute.set(key, known)
    const same = known.find((one) => isSameOperation(one, operation))
    if (same) {
      // Routed in two branches, it is there in either.
      if (same.when && operation.when)
        same.when = normalizeCondition(either(same.when, operation.when), { keepsUnsaid: true })
      else delete same.when
      return false
    }
    known.push(operation)
    return true
  })
}

const compared: ReadonlySet<string> = new Set<keyof FoundOperation>([
  'template',
  'site',
  'through',
  'handlers',
  'errors',
  'before',
  'options',
  'args',
  'when',
  'handlersWhen',
  'handlersAt',
  'belowOf',
  'route',
  'earlier',
])

// Of the same functions, held as the same values: what they come to is the same.
function isSameOperation(a: FoundOperation, b: FoundOperation): boolean {
  const { template, site, through, handlers, errors, before = [] } = a
  return (
    template.path === b.template.path &&
    template.isUnsure === b.template.isUnsure &&
    isSameSite(site, b.site) &&
    through.length === b.through.length &&
    through.every((one, index) => isSameSite(one, b.through[index])) &&
    handlers.length === b.handlers.length &&
    handlers.every((one, index) => isSameCode(one, b.handlers[index])) &&
    errors.length === b.errors.length &&
    errors.every((one, index) => isSameError(one, b.errors[index])) &&
    before.length === (b.before?.length ?? 0) &&
    before.every((one, index) => isSameCode(one, b.before?.[index])) &&
    Object.keys({ ...a, ...b })
      .filter((key) => !compared.has(key))
      .every((key) => Reflect.get(a, key) === Reflect.get(b, key)) &&
    askedOf(a) === askedOf(b) &&
    isSameGiven([...a.options.values()], [...b.options.values()]) &&
    isSameGiven(
      a.args.map(({ value }) => value),
      b.args.map(({ value }) => value),
    )
  )
}

const askedOf = ({ handlersWhen }: FoundOperation) => JSON.stringify([...(handlersWhen?.values() ?? [])])

// Handlers and hooks are made anew with each application, of the same code: where they hold the same, they do the same.
const isSameCode = (a: Value, b: Value | undefined): boolean =>
  a === b ||
  (a.t === 'func' && b?.t === 'func' && a.fn === b.fn && heldBy(a) === heldBy(b)) ||
  (a.t === 'symbol' && b?.t === 'symbol' && isSame(a, b))

const isSameGiven = (a: readonly Value[], b: readonly Value[]): boolean =>
  a.length === b.length &&
  a.every((one, index) => {
    const other = b[index]
    return isSameCode(one, other) || (other !== undefined && printValue(one) === printValue(other))
  })

/** What the functions around a function gave it, as text. */
function heldBy({ scope, self }: FuncValue): string {
  const found: string[] = self ? [printValue(self)] : []
  for (let at: Scope | null = scope; at?.parent; at = at.parent)
    for (const [name, value] of at.names()) if (value.t !== 'func') found.push(`${name} ${printValue(value)}`)
  return found.join('\n')
}

type ErrorHandler = FoundOperation['errors'][number]

const isSameError = (a: ErrorHandler, b: ErrorHandler | undefined): boolean =>
  b !== undefined &&
  isSameCode(a.handler, b.handler) &&
  a.status === b.status &&
  (a.type === b.type || (a.type !== null && b.type !== null && isSame(a.type, b.type)))

const isSameSite = (a: Site, b: Site | undefined): boolean =>
  b !== undefined && a.module === b.module && a.start === b.start && a.end === b.end && a.symbol === b.symbol
