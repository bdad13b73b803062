import type { Interpreter } from '../resolve/interpreter.ts'
import { ended } from '../resolve/interpreter.ts'
import { constant, each, printValue, symbol, textOf } from '../resolve/values.ts'
import type { ArgValue, Effect, Site, SymbolValue, Value } from '../resolve/values.ts'
import type { CallRule, Pack, ParameterPlace } from './pack.ts'
import { argOf, statusesBy, statusesOf } from './status.ts'

interface BodyNote {
  bodyPath: string[]
}

/** What calls, members and settings mean while a handler runs: reads of the request, answers, errors. */
export class Meaning {
  readonly #packs: readonly Pack[]
  readonly #interpreter: Interpreter
  /** The status that was set so far, by the value it was set on. */
  #statuses: Readonly<Record<string, number[]>> = {}
  #last: Effect | null = null

  constructor(packs: readonly Pack[], interpreter: Interpreter) {
    this.#packs = packs
    this.#interpreter = interpreter
  }

  save(): unknown {
    return this.#statuses
  }

  restore(state: unknown): void {
    this.#statuses = state as Readonly<Record<string, number[]>>
  }

  /** Statuses that are set on an answer and not sent. */
  pending(): number[] {
    return Object.values(this.#statuses).flat()
  }

  reset(): void {
    this.#statuses = {}
    this.#last = null
  }

  call(callee: Value, args: ArgValue[], site: Site): Value | null {
    if (callee.t !== 'symbol') return null
    for (const pack of this.#packs) {
      const rule = pack.calls?.[callee.path]
      if (rule) return this.#apply(rule, callee, args, site)
    }
    return null
  }

  #apply(rule: CallRule, callee: SymbolValue, args: ArgValue[], site: Site): Value | null {
    const self = callee.of ?? callee
    const on = self.t === 'symbol' ? self.path : ''
    const emit = (kind: string, value: Value, status: number | null, note: Record<string, unknown> = {}) =>
      this.#interpreter.emit(kind, value, status, site, note)
    switch (rule.does) {
      case 'status': {
        const statuses = statusesBy(rule.status, args)
        if (statuses.length > 0) this.#statuses = { ...this.#statuses, [on]: statuses }
        return self
      }
      case 'respond': {
        const given = rule.status === undefined ? [] : statusesBy(rule.status, args)
        const statuses =
          given.length > 0
            ? given
            : rule.status === undefined || typeof rule.status === 'number'
              ? (this.#statuses[on] ?? [200])
              : (this.#statuses[on] ?? (rule.status.otherwise === undefined ? [] : [rule.status.otherwise]))
        const body = argOf(args, rule.body)
        const isUnknown = statuses.length === 0
        for (const status of statuses)
          emit('respond', body ?? constant(null), status, { media: rule.media ?? '' })
        if (isUnknown) emit('respond', body ?? constant(null), null, { media: rule.media ?? '' })
        return symbol(`${callee.path}()`, `${callee.text}()`, { of: callee, args, site, note: 'answered' })
      }
      case 'read': {
        const name = textOf(argOf(args, rule.name))
        if (name === null) return null
        emit('read', constant(name), null, {
          in: rule.in,
          name,
          otherwise: argOf(args, rule.otherwise),
          type: rule.type ?? '',
          isRequired: rule.isRequired === true,
          typed: argOf(args, 'type'),
        })
        return symbol(`${callee.path}()`, `${rule.in}.${name}`, { of: callee, args, site })
      }
      case 'body': {
        const into = argOf(args, rule.into)
        emit('body', into ?? symbol('?', 'body'), null, { media: rule.media ?? 'application/json' })
        return symbol(`${callee.path}()`, 'body', {
          of: callee,
          args,
          site,
          note: { bodyPath: [] } satisfies BodyNote,
        })
      }
      case 'raise': {
        const statuses = statusesBy(rule.status, args)
        const message = textOf(argOf(args, rule.message)) ?? ''
        for (const status of statuses) emit('answer-error', callee, status, { message })
        if (statuses.length === 0) emit('raise', symbol(`${callee.path}()`, callee.text, { args }), null)
        return rule.never
          ? ended
          : symbol(`${callee.path}()`, `${callee.text}()`, { of: callee, args, site, note: 'answered' })
      }
      case 'throw': {
        const value = argOf(args, rule.arg)
        if (value && !(value.t === 'const' && (value.v === null || value.v === 'route')))
          this.#interpreter.raise(value, site)
        return symbol(`${callee.path}()`, `${callee.text}()`, { of: callee, args, site })
      }
      case 'self':
        return self
      case 'inputs':
        return symbol(`${callee.path}()`, rule.in, { of: callee, args, site, note: { inputs: rule.in } })
    }
  }

  member(of: Value, name: string, site: Site): Value | null {
    if (of.t !== 'symbol') return null
    const note = of.note as (Partial<BodyNote> & { inputs?: ParameterPlace | 'body' }) | null | 'answered'
    if (note && note !== 'answered') {
      if (note.bodyPath) return this.#bodyMember(of, note.bodyPath, name, site)
      if (note.inputs && note.inputs !== 'body') return this.#read(of, note.inputs, name, site)
    }
    for (const pack of this.#packs) {
      const place = pack.inputs?.[`${of.path}.${name}`]
      if (place === 'body') {
        this.#interpreter.emit('body', symbol('?', 'body'), null, site, { media: 'application/json' })
        return symbol(`${of.path}.${name}`, 'body', { of, site, note: { bodyPath: [] } satisfies BodyNote })
      }
      if (place) return symbol(`${of.path}.${name}`, place, { of, site, note: { inputs: place } })
    }
    return null
  }

  #bodyMember(of: SymbolValue, path: string[], name: string, site: Site): Value | null {
    // Methods of texts and lists are no fields.
    if (
      /^(?:length|map|filter|forEach|trim|toString|toLowerCase|split|includes|get|items|keys|values|pop|find|some|every|join|push|slice|reduce|match|replace|startsWith|endsWith|sort|strip|lower|upper|copy|update|hasOwnProperty|dict|model_dump|json|get_json|then|catch)$/.test(
        name,
      )
    ) {
      return symbol(`${of.path}.${name}`, `${of.text}.${name}`, { of, site, note: null })
    }
    const inner = [...path, name]
    this.#interpreter.emit('body-field', constant(inner.join('.')), null, site, { path: inner })
    return symbol(`${of.path}.${name}`, `${of.text}.${name}`, {
      of,
      site,
      note: { bodyPath: inner } satisfies BodyNote,
    })
  }

  #read(of: SymbolValue, place: ParameterPlace, name: string, site: Site): Value {
    if (place === 'query' && /^(?:get|getlist|getAll|has|to_dict|items|keys|entries|toString)$/.test(name))
      return symbol(`${of.path}.${name}`, `${of.text}.${name}`, { of, site, note: null })
    if (place === 'header' && /^(?:get|has)$/.test(name))
      return symbol(`${of.path}.${name}`, `${of.text}.${name}`, { of, site, note: null })
    this.#interpreter.emit('read', constant(name), null, site, { in: place, name, isRequired: false })
    return symbol(`${of.path}.${name}`, `${place}.${name}`, { of, site })
  }

  assign(of: Value, name: string, value: Value, site: Site): boolean {
    if (of.t !== 'symbol') return false
    for (const pack of this.#packs) {
      const what = pack.assigns?.[`${of.path}.${name}`]
      if (what === 'status') {
        const statuses = statusesOf(value)
        if (statuses.length > 0) this.#statuses = { ...this.#statuses, [of.path]: statuses }
        const [status] = statuses
        // The body came first.
        if (this.#last && this.#interpreter.effects?.at(-1) === this.#last && status !== undefined)
          this.#last.status = status
        else if (status !== undefined) this.#interpreter.emit('set-status', constant(null), status, site)
        return true
      }
      if (what === 'body') {
        const statuses = this.#statuses[of.path] ?? [200]
        for (const status of statuses) this.#interpreter.emit('respond', value, status, site, { media: '' })
        if (!this.#statuses[of.path]) this.#last = this.#interpreter.effects?.at(-1) ?? null
        return true
      }
    }
    return false
  }

  /** Statuses and bodies of a returned value that is itself an answer. */
  answersOf(
    value: Value,
    depth = 0,
  ): { statuses: number[]; body: Value | undefined; isError: boolean; via: string }[] {
    if (depth > 16) return []
    return each(value).flatMap((one) => {
      if (one.t === 'list' && one.items.length >= 2) {
        // Flask: body and status.
        const statuses = statusesOf(one.items[1])
        if (statuses.length > 0 && statuses.every((status) => status >= 100))
          return [{ statuses, body: one.items[0], isError: false, via: '' }]
      }
      const error = this.errorStatuses(one)
      if (error.length > 0) return [{ statuses: error, body: undefined, isError: true, via: printValue(one) }]
      // Go: an answer and an error.
      if (one.t === 'list' && one.items.length === 2 && !one.isOpen)
        return one.items.flatMap((item) => this.answersOf(item, depth + 8))
      if (one.t !== 'symbol') return []
      const generated = generatedStatus(one)
      if (generated !== null)
        return [{ statuses: [generated], body: undefined, isError: generated >= 400, via: one.text }]
      for (const pack of this.#packs) {
        const path = one.path.endsWith('()') ? one.path.slice(0, -2) : one.path
        const rule = pack.answers?.[path]
        if (rule)
          return [
            {
              statuses: statusesBy(rule.status, one.args),
              body: argOf(one.args, rule.body),
              isError: false,
              via: one.text,
            },
          ]
      }
      // A builder: what its first call says holds (`ResponseEntity.notFound().build()`), else what it is made from.
      const inside = [one.of, ...one.args.map((arg) => arg.value)].filter(
        (inner) => inner !== null && inner !== undefined,
      )
      return inside.flatMap((inner) => {
        if (inner.t !== 'func') return this.answersOf(inner, depth + 1)
        // What a callback gives is what the call gives (`map`, `flatMap`, `orElseGet`).
        const { result } = this.#interpreter.record(
          () =>
            this.#interpreter.outcomes(
              inner,
              [],
              one.site ?? { module: inner.module, start: 0, end: 0, symbol: '' },
            ),
          500,
        )
        return result.flatMap(({ value: given }) => this.answersOf(given, depth + 4))
      })
    })
  }

  /** The status that a thrown or returned error stands for, by the packs' classes, the class's own status, or its base's. */
  errorStatuses(value: Value): number[] {
    if (value.t === 'class')
      return this.errorStatuses({
        t: 'object',
        props: new Map(),
        ref: value.ref,
        args: [],
        isOpen: true,
        site: null,
      })
    const names =
      value.t === 'object' && value.ref
        ? this.#interpreter.lookup.ancestry(value.ref)
        : value.t === 'symbol'
          ? [value.path.replace(/\(\)$/, '')]
          : []
    const args = value.t === 'object' || value.t === 'symbol' ? value.args : []
    for (const name of names)
      for (const pack of this.#packs) {
        const rule = pack.errors?.[name]
        if (rule === undefined) continue
        const found = statusesBy(rule, args)
        if (found.length > 0) return found
        // A subclass that hands its status up: what the constructor set.
        const given = this.#given(value)
        if (given.length > 0) return given
        if (typeof rule === 'object' && rule.otherwise !== undefined) return [rule.otherwise]
      }
    return this.#carried(value)
  }

  // Go: an error of the repository's own that carries a status.
  #carried(value: Value): number[] {
    if (value.t !== 'object' || value.ref?.module.language !== 'go') return []
    if (!this.#interpreter.lookup.method(value.ref, 'Error')) return []
    for (const one of value.props.values()) {
      const found = statusesOf(one).filter((status) => status >= 400)
      if (found.length > 0) return found
    }
    return []
  }

  #given(value: Value): number[] {
    if (value.t !== 'object') return []
    for (const key of ['@status', 'status', 'statusCode', 'status_code', 'code', 'httpStatus']) {
      const found = statusesOf(value.props.get(key))
      if (found.length > 0) return found
      const field = value.ref ? this.#interpreter.memberOf(value, key, null) : null
      const own = field ? statusesOf(field) : []
      if (own.length > 0) return own
    }
    return []
  }
}

/** The status in the name of an answer that oapi-codegen's strict server makes types for: `GetPet404JSONResponse`. */
function generatedStatus({ path }: SymbolValue): number | null {
  const status = /[a-z](\d{3})\w*Response(?:\(\))?$/i.exec(path)?.[1]
  return status === undefined || !/^[1-5]/.test(status) ? null : Number(status)
}
