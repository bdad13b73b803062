import { unfit } from '../../facts/condition.ts'
import { pyramidRequest } from '../../packs/pyramid/pyramid.ts'
import { methodOf } from '../../resolve/members.ts'
import { printValue, symbol, textOf } from '../../resolve/values.ts'
import type { ArgValue, FuncValue, Site, Value } from '../../resolve/values.ts'
import type { Around, FoundOperation } from '../flat-routes.ts'
import type { Run } from '../run-code.ts'

/** Validators of Cornice's own: what does not fit their schema is a 400 ("Validation"). */
const ofCornice = /^cornice\.validators\.(?:\w+\.)?(?:colander|marshmallow)_\w*validator(?:\(\))?$/

/** What Pyramid and Cornice run before a view: the factory of its route, its permission, the thing of a class that it is a method of, and validators. */
export class PyramidAround {
  readonly #run: Run

  constructor(run: Run) {
    this.#run = run
  }

  add(operation: FoundOperation): void {
    const fn = operation.handlers.at(-1)
    operation.errors = this.#errorsOf(operation)
    operation.around = [
      this.#factory(operation),
      this.#permission(operation),
      ...(fn?.t === 'func' && fn.owner && fn.self ? [this.#making(fn, operation.site)] : []),
      this.#checks(operation),
    ]
  }

  // "Exception Views": one that asks for a path is for requests of that, before those that do not.
  #errorsOf({ errors, template }: FoundOperation): FoundOperation['errors'] {
    const { errorViews } = this.#run.routing.pyramid
    const asked = (handler: Value) => textOf(errorViews.get(handler)?.get('path_info'))
    const fits = (pattern: string | null) => {
      if (pattern === null) return true
      try {
        return new RegExp(`^(?:${pattern})`).test(template.path)
      } catch {
        return false
      }
    }
    return errors
      .filter(({ handler }) => fits(asked(handler)))
      .toSorted((a, b) => Number(asked(a.handler) !== null) - Number(asked(b.handler) !== null))
  }

  // "Route Factories": it is made with the request; `traverse` then asks it for the parts of the path, and an error of a key is a 404.
  #factory({ options, site }: FoundOperation): Around {
    const { interpreter } = this.#run
    const given = options.get('factory')
    const named = given ? this.#run.routing.pyramid.named(given, site) : null
    const request: ArgValue[] = [{ name: null, value: symbol(pyramidRequest, 'request') }]
    return {
      run: () => {
        if (named?.t === 'func') return void interpreter.outcomes(named, request, site)
        if (named?.t !== 'class') return
        const made = interpreter.instantiate(named.ref, request, site)
        const asked = textOf(options.get('traverse'))
          ?.split('/')
          .filter((part) => part !== '')
        const found = interpreter.lookup.method(named.ref, '__getitem__')
        const [part, ...more] = asked ?? []
        if (!found || part === undefined || more.length > 0 || made.t !== 'object') return
        const name = /^\{(\w+)/.exec(part)?.[1] ?? ''
        const { effects } = interpreter.record(() =>
          interpreter.outcomes(
            methodOf(found, made),
            [{ name: null, value: symbol('?', `path.${name}`) }],
            site,
          ),
        )
        for (const effect of effects)
          interpreter.effects?.push(
            effect.kind === 'raise' && isKeyError(effect.value)
              ? { ...effect, value: symbol('pyramid.httpexceptions.HTTPNotFound()', 'HTTPNotFound') }
              : effect,
          )
      },
    }
  }

  // "Protecting Views with Permissions": who has it not is refused by an error of its own.
  #permission({ options, site }: FoundOperation): Around {
    const asked = options.get('permission')
    const isAsked =
      asked !== undefined &&
      !(asked.t === 'const' && asked.v === null) &&
      !printValue(asked).includes('NO_PERMISSION_REQUIRED')
    return {
      run: () => {
        if (!isAsked) return
        const name = textOf(asked) ?? printValue(asked)
        this.#run.interpreter.within([[{ subject: `permission ${name}`, op: 'false' }]], () =>
          this.#run.interpreter.raise(
            symbol('pyramid.httpexceptions.HTTPForbidden()', 'HTTPForbidden'),
            siteOf(asked, site),
          ),
        )
      },
    }
  }

  // What the constructor of a class of views does comes before each of them.
  #making({ owner, self }: FuncValue, site: Site): Around {
    return {
      run: () => {
        if (owner && self?.t === 'object') this.#run.interpreter.instantiate(owner, self.args, site)
      },
    }
  }

  #checks({ options, site }: FoundOperation): Around {
    const given = options.get('validators')
    const validators = given?.t === 'list' ? given.items : given ? [given] : []
    const isOfCornice = options.has('cornice')
    return {
      run: () => {
        const { interpreter } = this.#run
        // "Validation features" (content type, accept): which media types it takes and gives.
        for (const [option, name, status] of isOfCornice
          ? ([
              ['content_type', 'content-type', 415],
              ['accept', 'accept', 406],
            ] as const)
          : []) {
          const media = options.get(option)
          const values = (media?.t === 'list' ? media.items : media ? [media] : []).map((one) => textOf(one))
          if (media && values.every((one) => one !== null))
            interpreter.within([[{ subject: `header.${name}`, op: 'not-in', value: values }]], () =>
              interpreter.emit('answer-error', media, status, siteOf(media, site), { isFramework: true }),
            )
        }
        for (const one of validators)
          if (one.t === 'symbol' && ofCornice.test(one.path)) {
            if (!/querystring|path|headers/.test(one.path))
              interpreter.emit('body', symbol('?', 'body'), null, site, { media: 'application/json' })
            interpreter.within(unfit, () =>
              interpreter.emit('answer-error', one, 400, siteOf(one, site), { isFramework: true }),
            )
          }
      },
    }
  }
}

const siteOf = (value: Value, otherwise: Site): Site =>
  value.t === 'symbol' || (value.t === 'const' && value.site) ? (value.site ?? otherwise) : otherwise

const isKeyError = (value: Value): boolean =>
  value.t === 'symbol' && /^(?:builtins\.)?KeyError(?:\(\))?$/.test(value.path)
