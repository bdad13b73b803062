import { annotationsOf } from '../../resolve/annotations.ts'
import type { FuncValue, Site } from '../../resolve/values.ts'
import { symbol } from '../../resolve/values.ts'
import type { AnnotatedOperation } from '../annotated.ts'
import type { Around } from '../flat-routes.ts'
import type { Run } from '../run-code.ts'
import { guardOf } from './guard-annotations.ts'
import { SpringSecurity } from './spring-security.ts'

/** A filter of requests of JAX-RS; `bindings` are the annotations that ask for it, none where it is for all. */
interface Filter {
  fn: FuncValue
  bindings: string[]
}

/** What runs before methods of Java's annotated classes: filters of JAX-RS, guards by annotation, rules of Spring Security. */
export class JavaAround {
  readonly #run: Run
  readonly #filters: Filter[]
  readonly #security: SpringSecurity | null

  constructor(run: Run) {
    this.#run = run
    this.#filters = run.packs.some(({ framework }) => framework === 'JAX-RS') ? this.#readFilters() : []
    this.#security = run.packs.some(({ framework }) => framework === 'Spring')
      ? new SpringSecurity(run)
      : null
  }

  add(operation: AnnotatedOperation): void {
    const { interpreter } = this.#run
    const { owner, fn, pack } = operation
    const onMethod = annotationsOf(interpreter, fn.fn.decorators, fn.scope, owner)
    const onClass = annotationsOf(interpreter, owner.cls.decorators, owner.scope, owner)
    const around: Around[] = []
    if (pack.framework === 'JAX-RS') {
      const names = new Set([...onMethod, ...onClass].map(({ path }) => path))
      for (const filter of this.#filters)
        if (filter.bindings.every((one) => names.has(one)))
          around.push({ run: () => interpreter.outcomes(filter.fn, [], operation.site) })
    }
    const asked = guardOf(pack.annotations, onMethod) ?? guardOf(pack.annotations, onClass)
    const refusals = pack.annotations?.refusals
    if (asked && refusals && asked.asks !== 'nothing') {
      const site: Site = {
        module: owner.module,
        start: asked.annotation.expr.start,
        end: asked.annotation.expr.end,
        symbol: owner.cls.name,
      }
      const statuses = asked.asks === 'role' ? [refusals.unknown, refusals.forbidden] : [refusals.unknown]
      around.push({
        run: () => {
          for (const status of statuses)
            interpreter.emit('answer-error', symbol(asked.annotation.path), status, site, {
              isFramework: true,
            })
        },
      })
    }
    const secured = pack.framework === 'Spring' ? this.#security?.around(operation) : null
    if (secured) around.push(secured.around)
    operation.around = around
    if (secured)
      operation.secured = {
        guard: secured.rule.asks === 'authentication' ? 'authentication' : 'role',
        roles: secured.rule.roles,
        when: secured.rule.when,
        site: secured.rule.site,
        isUnsure: secured.isUnsure,
      }
  }

  #readFilters(): Filter[] {
    const { interpreter } = this.#run
    return interpreter.lookup.classes().flatMap((ref) => {
      if (
        ref.module.language !== 'java' ||
        !ref.cls.bases.some(({ name }) => /(?:^|\.)ContainerRequestFilter$/.test(name))
      )
        return []
      const fn = ref.cls.members.find(({ name }) => name === 'filter')
      if (!fn) return []
      const annotations = annotationsOf(interpreter, ref.cls.decorators, ref.scope, ref)
      const bindings = annotations.filter(({ path }) => path.startsWith(':')).map(({ path }) => path)
      return [
        {
          fn: { t: 'func', fn, scope: ref.scope, self: null, owner: ref, module: ref.module, marks: [] },
          bindings,
        },
      ]
    })
  }
}
