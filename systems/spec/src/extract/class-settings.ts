import { posix } from 'node:path'
import { joinPaths } from '../packs/path.ts'
import { argOf } from '../packs/status.ts'
import { textOf } from '../resolve/values.ts'
import type { ClassRef, FuncValue, Value } from '../resolve/values.ts'
import { annotationsOf, find } from './annotations.ts'
import { emptyPrefixes } from './annotated.ts'
import type { AnnotatedOperation, ClassPrefixes } from './annotated.ts'
import type { Run } from './run-code.ts'

/** Prefixes that a program sets for all of its annotated classes: Nest's global prefix and versions, JAX-RS's application path. By folder of the program. */
export function classPrefixes(run: Run): (ref: ClassRef) => ClassPrefixes {
  const settings = run.routing.settings
  const applications = run.interpreter.lookup.classes().flatMap((ref) => {
    if (ref.module.language !== 'java') return []
    const found = annotationsOf(run.interpreter, ref.cls.decorators, ref.scope, ref).find(({ path }) =>
      /^(?:javax|jakarta)\.ws\.rs\.ApplicationPath$/.test(path),
    )
    const path = found ? textOf(argOf(found.args, { at: 0, name: 'value' })) : null
    return path === null ? [] : [{ dir: sourceRoot(ref.module.path), path: joinPaths([path], false) }]
  })
  return (ref) => {
    if (ref.module.language === 'java') {
      const own = applications.filter(({ dir }) => ref.module.path.startsWith(dir))
      return own.length === 1 && own[0] ? { ...emptyPrefixes, prefix: own[0].path } : emptyPrefixes
    }
    const near = settings.filter(
      ({ site }) =>
        ref.module.path.startsWith(`${posix.dirname(site.module.path)}/`) ||
        posix.dirname(site.module.path) === '.',
    )
    if (near.length === 0) return emptyPrefixes
    const prefix = near.map((one) => one.prefix).find((one) => one !== null) ?? ''
    const versioning = near.find((one) => one.versions)
    return { prefix, versions: versioning !== undefined, defaultVersion: versioning?.defaultVersion ?? null }
  }
}

const sourceRoot = (path: string) =>
  (path.includes('/src/') ? path.slice(0, path.indexOf('/src/') + 5) : `${posix.dirname(path)}/`).replace(
    /^\.\//,
    '',
  )

/** What exceptions become by methods of advice and exception mappers. */
export function errorAdvice(
  run: Run,
): (operation: AnnotatedOperation) => { handler: Value; type: Value | null }[] {
  const all = run.packs.flatMap((pack) => {
    const rules = pack.annotations?.advice
    const found: {
      handler: FuncValue
      type: Value | null
      owner: ClassRef
      isLocal: boolean
      pack: typeof pack
    }[] = []
    for (const ref of run.interpreter.lookup.classes()) {
      if (ref.module.language !== pack.language) continue
      const method = (fn: FuncValue['fn']): FuncValue => ({
        t: 'func',
        fn,
        scope: ref.scope,
        self: null,
        owner: ref,
        module: ref.module,
        marks: [],
      })
      if (rules) {
        const isGlobal = annotationsOf(run.interpreter, ref.cls.decorators, ref.scope, ref).some(({ path }) =>
          rules.onClass.includes(path),
        )
        for (const fn of ref.cls.members) {
          if (fn.decorators.length === 0) continue
          const annotations = annotationsOf(run.interpreter, fn.decorators, ref.scope, ref)
          const one = find(annotations, rules.onMethod)
          if (!one) continue
          const given = argOf(one.annotation.args, one.rule) ?? one.annotation.args[0]?.value ?? null
          const own = fn.params.find((param) => /Exception|Error|Throwable/.test(param.type?.name ?? ''))
          const target = own?.type ? run.interpreter.lookup.typeTarget(own.type.name, ref.scope) : null
          const type: Value | null =
            given ??
            (target === null
              ? null
              : typeof target === 'string'
                ? {
                    t: 'symbol',
                    path: target,
                    text: target,
                    of: null,
                    args: [],
                    typed: null,
                    ref: null,
                    site: null,
                    note: null,
                  }
                : { t: 'class', ref: target })
          found.push({ handler: method(fn), type, owner: ref, isLocal: !isGlobal, pack })
        }
      }
      // JAX-RS's ExceptionMapper<E>, Micronaut's ExceptionHandler<E, R>.
      if (pack.framework === 'JAX-RS' || pack.framework === 'Micronaut')
        for (const base of ref.cls.bases)
          if (/(?:^|\.)Exception(?:Mapper|Handler)$/.test(base.name) && base.args[0]) {
            const target = run.interpreter.lookup.typeTarget(base.args[0].name, ref.scope)
            const fn = ref.cls.members.find(({ name }) => name === 'toResponse' || name === 'handle')
            if (fn)
              found.push({
                handler: method(fn),
                type:
                  typeof target === 'string'
                    ? {
                        t: 'symbol',
                        path: target,
                        text: target,
                        of: null,
                        args: [],
                        typed: null,
                        ref: null,
                        site: null,
                        note: null,
                      }
                    : { t: 'class', ref: target },
                owner: ref,
                isLocal: false,
                pack,
              })
          }
    }
    return found
  })
  return (operation) =>
    all
      .filter((one) => one.pack === operation.pack && (!one.isLocal || one.owner === operation.owner))
      .map(({ handler, type }) => ({ handler, type }))
}
