import { unknownCaller, unsaid } from '../../facts/condition.ts'
import type { Condition } from '../../facts/condition.ts'
import { bearer } from '../../packs/credentials.ts'
import { optionOf } from '../../packs/options.ts'
import { annotationsOf } from '../../resolve/annotations.ts'
import type { Annotation } from '../../resolve/annotations.ts'
import { symbol, textOf } from '../../resolve/values.ts'
import type { Site, Value } from '../../resolve/values.ts'
import type { AnnotatedOperation } from '../annotated.ts'
import type { Run } from '../run-code.ts'

// LoopBack's own, and the packages that ask for permissions (loopback4-authentication, loopback4-authorization, README).
const authenticate = /^(?:@loopback\/authentication|loopback4-authentication)\.authenticate\b/
const authorize = /^(?:@loopback\/authorization|loopback4-authorization)\.authorize\b/

/** LoopBack 4 ("Authentication decorators", "Authorization"): what is answered before a method with `@authenticate` or `@authorize`, or one of a class with it. */
export function loopbackSignIns({ interpreter }: Run): (operation: AnnotatedOperation) => void {
  return (operation) => {
    const { owner, fn } = operation
    if (!fn) return
    const onMethod = annotationsOf(interpreter, fn.fn.decorators, fn.scope, owner)
    const onClass = annotationsOf(interpreter, owner.cls.decorators, owner.scope, owner)
    const asked = (name: RegExp): Annotation | undefined => {
      const own = onMethod.find((one) => name.test(one.path))
      const found = own ?? onClass.find((one) => name.test(one.path))
      const isForAll =
        found && (/\.(?:skip|allowAll|allowUnauthenticated)$/.test(found.path) || mayAll(found))
      return isForAll ? undefined : found
    }
    const siteOf = ({ expr: { start, end } }: Annotation): Site => ({
      module: owner.module,
      start,
      end,
      symbol: owner.cls.name,
    })
    const answer = (by: Annotation, status: number, when: Condition) =>
      interpreter.within(when, () =>
        interpreter.emit('answer-error', symbol(by.path, by.path), status, siteOf(by), { isFramework: true }),
      )
    const [who, may] = [asked(authenticate), asked(authorize)]
    if (!who && !may) return
    operation.around = [
      ...(operation.around ?? []),
      {
        run: () => {
          if (who) {
            interpreter.emit('sign-in', symbol(who.path, 'authenticate'), null, siteOf(who), {
              credentials: [bearer],
            })
            answer(who, 401, [[unknownCaller]])
          }
          if (may) answer(may, 403, whoMay(may))
        },
      },
    ]
  }
}

const permissions = ({ args }: Annotation): Value[] => {
  const asked = optionOf(args[0]?.value, 'permissions')
  return asked?.t === 'list' ? asked.items : []
}

// Everybody has the permission that is written so.
const mayAll = (by: Annotation): boolean => permissions(by).some((one) => textOf(one) === '*')

// Who has none of the roles, or of the permissions; what else voters ask is theirs to say.
function whoMay(by: Annotation): Condition {
  const { args } = by
  const allowed = optionOf(args[0]?.value, 'allowedRoles')
  const named = allowed?.t === 'list' ? allowed.items : permissions(by)
  const roles = named.flatMap((one) => textOf(one) ?? [])
  if (roles.length < named.length) return [[unsaid]]
  const hasMore = optionOf(args[0]?.value, 'voters') !== undefined
  return roles.length > 0 && !hasMore ? [[{ subject: '@role', op: 'not-in', value: roles }]] : [[unsaid]]
}
