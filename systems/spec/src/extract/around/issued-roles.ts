import type { Expr, Func } from '../../parse/ir.ts'
import { Scope, textOf } from '../../resolve/values.ts'
import type { ClassRef, Value } from '../../resolve/values.ts'
import type { Run } from '../run-code.ts'

const known = new WeakMap<Run, ReadonlySet<string>>()

/**
 * Roles that every token has which the program signs itself (SmallRye JWT, "Generate JWT tokens": `Jwt.….groups("keeper").….sign()`): who is signed in has them.
 * None where it signs none, gives one other roles, or lets another service sign them too.
 */
export function issuedRoles(run: Run): ReadonlySet<string> {
  let roles = known.get(run)
  if (!roles) known.set(run, (roles = rolesIn(run)))
  return roles
}

function rolesIn(run: Run): ReadonlySet<string> {
  const modules = [...run.project.modules.values()].filter(({ language }) => language === 'java')
  if (
    modules.some(({ text }) => otherSigners.test(text)) ||
    [...run.project.manifests.values()].some((text) => otherIdentities.test(text))
  )
    return new Set()
  const [first, ...others] = run.interpreter.lookup
    .classes()
    .filter(({ module }) => module.language === 'java' && module.text.includes('io.smallrye.jwt.build.Jwt'))
    .flatMap((ref) => ref.cls.members.flatMap((fn) => tokensOf(run, ref, fn)))
  return new Set(first?.filter((role) => others.every((one) => one.includes(role))))
}

const otherSigners = /\bJwts\s*\.\s*builder\b|\bJWT\s*\.\s*create\b|\bnew (?:SignedJWT|JsonWebSignature)\b/
const otherIdentities =
  /\bquarkus-(?:oidc|elytron-security-(?:properties-file|jdbc|ldap)|security-jpa)\b|publickey\.location\s*[=:]\s*https?:/

// Of each token that a method builds the roles that are known: none where its parts are put together elsewhere.
function tokensOf(run: Run, ref: ClassRef, fn: Func): string[][] {
  const found: string[][] = []
  const walk = (value: unknown, groups: readonly Expr[]): void => {
    if (typeof value !== 'object' || value === null) return
    const e = value as Expr
    if (e.k !== 'call' || e.callee.k !== 'member') {
      for (const one of Object.values(value)) walk(one, [])
      return
    }
    const { of, name } = e.callee
    const given = e.args.map((arg) => arg.value)
    const all = name === 'groups' ? [...groups, ...given] : groups
    if ((of.k === 'name' || of.k === 'member') && of.name === 'Jwt') found.push(textsOf(run, ref, fn, all))
    else walk(of, all)
    walk(given, [])
  }
  walk(fn.body, [])
  return found
}

function textsOf({ interpreter }: Run, ref: ClassRef, fn: Func, given: readonly Expr[]): string[] {
  const scope = new Scope(ref.module, ref.scope)
  const inside = interpreter.members.inside(ref)
  scope.setFallback((name) => (fn.params.some((one) => one.name === name) ? null : inside.get(name)))
  return given.flatMap((e) => itemsOf(interpreter.evaluateIn(e, scope))).flatMap((one) => textOf(one) ?? [])
}

function itemsOf(value: Value): Value[] {
  if (value.t === 'list') return value.items
  const isSet =
    value.t === 'symbol' &&
    /\b(?:(?:Linked)?HashSet|TreeSet|ArrayList|Collections\.singleton(?:List)?)\(\)$/.test(value.path)
  return isSet ? value.args.flatMap((arg) => itemsOf(arg.value)) : [value]
}
