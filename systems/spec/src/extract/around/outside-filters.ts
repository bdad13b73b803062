import type { OpenQuestion } from '../../facts/fact-set.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import type { Run } from '../run-code.ts'

/** Filters that let everybody pass, by what they are named for. */
const harmless =
  /cors|encod|log|mdc|trac|metric|gzip|compress|etag|header|multipart|webstat|stat(?:istics)?filter|xss|context|swagger/i

/** Asks of filters of libraries that beans of Spring give whom they refuse: their code is not here. */
export function outsideFilters({ interpreter }: Run): OpenQuestion[] {
  const { lookup } = interpreter
  return lookup.classes().flatMap((ref) =>
    ref.module.language === 'java'
      ? ref.cls.members.flatMap((fn): OpenQuestion[] => {
          const type = fn.hasBody ? fn.returns?.name : undefined
          if (type === undefined || !/Filter(?:FactoryBean)?$/.test(type) || harmless.test(type)) return []
          const target = lookup.typeTarget(type, ref.scope)
          const isBean = annotationsOf(interpreter, fn.decorators, ref.scope, ref).some(({ path }) =>
            path.endsWith('.Bean'),
          )
          // Spring's own are read, or let pass.
          if (!isBean || typeof target !== 'string' || target.startsWith('org.springframework.')) return []
          return [
            {
              text: `Whom does the filter \`${type.split('.').at(-1) ?? type}\` refuse?`,
              why: 'Its code is not in the repository.',
              path: ref.module.path,
              line: ref.module.text.slice(0, fn.start).split('\n').length,
            },
          ]
        })
      : [],
  )
}
