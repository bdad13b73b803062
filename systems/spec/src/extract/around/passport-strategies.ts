import type { Condition } from '../../facts/condition.ts'
import type { ClassRef, SymbolValue, Value } from '../../resolve/values.ts'
import { each, symbol, textOf } from '../../resolve/values.ts'
import type { ArgValue, Site } from '../../resolve/values.ts'
import { handedUp } from '../../packs/passport-made.ts'
import { fieldsOf } from '../../packs/signing-in.ts'
import type { Run } from '../run-code.ts'

/** A class that is one of Passport's strategies for Nest: `class … extends PassportStrategy(Strategy, 'name')`. */
export interface Strategy {
  ref: ClassRef
  /** Of passport-local: it asks for a name and a password in the body. */
  isLocal: boolean
}

/** Strategies of the repository's own that Nest's `AuthGuard('name')` runs (docs.nestjs.com, "Passport"). */
export class PassportStrategies {
  readonly #run: Run
  #byName: Map<string, Strategy[]> | null = null

  constructor(run: Run) {
    this.#run = run
  }

  /** The one that each of the names of a guard means; none where one of them is not here or is several classes. */
  of(guard: Value): Strategy[] {
    const given = guard.t === 'symbol' ? guard.args[0]?.value : undefined
    const names = (given?.t === 'list' ? given.items : [given]).map((one) => textOf(one))
    const found = names.map((name) => (name === null ? [] : (this.#all().get(name) ?? [])))
    return found.every(({ length }) => length === 1) ? found.flat() : []
  }

  /** When passport-local refuses before its code is asked: a field of the body is missing. */
  missing({ ref }: Strategy): Condition {
    return this.#fields(ref).map((subject) => [{ subject, op: 'absent' }])
  }

  /** Runs what a strategy checks of who is found: what that throws is what the guard answers. */
  validate({ ref, isLocal }: Strategy, request: SymbolValue, site: Site): void {
    const { interpreter } = this.#run
    const method = interpreter.lookup.method(ref, 'validate')
    if (!method) return
    const { params } = method.fn
    const given = handedUp(ref.cls, ref.module).get('passReqToCallback')
    const isGivenRequest = given?.k === 'bool' && given.value
    // Whoever reads a body is told to need one: only passport-local does.
    const shown = isLocal
      ? this.#sent(ref, request, site)
      : params.slice(isGivenRequest ? 1 : 0).map(({ name }) => symbol('?', name))
    const args: ArgValue[] = [...(isGivenRequest ? [request] : []), ...shown].map((value) => ({
      name: null,
      value,
    }))
    interpreter.outcomes(
      {
        t: 'func',
        fn: method.fn,
        scope: method.owner.scope,
        self: null,
        owner: method.owner,
        module: method.owner.module,
        marks: [],
      },
      args,
      site,
    )
  }

  #sent(ref: ClassRef, request: SymbolValue, site: Site): Value[] {
    const { interpreter } = this.#run
    const body = interpreter.member(request, 'body', site)
    return this.#fields(ref).map((name) => interpreter.member(body, name.slice('body.'.length), site))
  }

  #fields(ref: ClassRef): string[] {
    return fieldsOf(handedUp(ref.cls, ref.module))
  }

  #all(): Map<string, Strategy[]> {
    if (this.#byName) return this.#byName
    const all = new Map<string, Strategy[]>()
    this.#byName = all
    const { interpreter } = this.#run
    for (const ref of interpreter.lookup.classes()) {
      if (ref.module.language !== 'javascript') continue
      for (const base of ref.cls.baseExprs)
        for (const made of each(interpreter.evaluateIn(base, ref.scope))) {
          if (made.t !== 'symbol' || made.path !== '@nestjs/passport.PassportStrategy()') continue
          const of = made.args[0]?.value
          const kind = of?.t === 'symbol' ? (/(?:^|\/)passport-([\w-]+)/.exec(of.path)?.[1] ?? '') : ''
          const name = textOf(made.args[1]?.value) ?? kind
          all.set(name, [...(all.get(name) ?? []), { ref, isLocal: kind === 'local' }])
        }
    }
    return all
  }
}
