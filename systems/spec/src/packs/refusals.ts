import { beyondLimit, unfit, unknownCaller } from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import type { Interpreter } from '../resolve/interpreter.ts'
import type { Project } from '../resolve/project.ts'
import { constant, nothing, symbol, textOf } from '../resolve/values.ts'
import type { ArgValue, Site, SymbolValue, Value } from '../resolve/values.ts'
import { statusesOf } from './status.ts'
import { letsAllPass, optionOf, credentialsAsked } from './credentials.ts'
import type { Pack, Refusal } from './pack.ts'
import { signInAnswers } from './signing-in.ts'
import type { SignInAnswer } from './signing-in.ts'

/** A refusal of code from outside. `isOff`: its options keep it from refusing; `isOptional`: those who show nothing are let through. `signsIn`: what it answers where callers come to sign in, who are asked for nothing. */
export type KnownRefusal = Refusal & {
  isOff: boolean
  isOptional: boolean
  by?: string
  when: Condition
  signsIn: SignInAnswer[] | null
}

/** A body is longer than is allowed. */
export const tooLong: Atom = { subject: 'body fits as within the limit', op: 'false' }
const notTaken: Atom = { subject: 'body fits as of a media type that is taken', op: 'false' }

/** When something from outside refuses with a status: what that status says (RFC 9110, 15.5.2; RFC 6585, 4). */
export const whenRefusing = (status: number, fails?: Refusal['fails']): Condition[] =>
  fails !== undefined
    ? [[[{ subject: `errors.Is(${fails.call} failed, ${fails.with})`, op: 'true' }]]]
    : status === 401
      ? [[[unknownCaller]]]
      : status === 429
        ? [[[beyondLimit]]]
        : status === 413
          ? [[[tooLong]]]
          : status === 415
            ? [[[notTaken]]]
            : status === 400
              ? [unfit]
              : []

/** What is known of middleware or a decorator from outside that may refuse; empty where nothing is. */
export function knownRefusals(value: Value, pack: Pack, project: Project): KnownRefusal[] {
  if (value.t !== 'symbol') return []
  const has = (one: Refusal['unless']) =>
    one !== undefined &&
    (hasOption(value.args, one) || (value.of?.t === 'symbol' && hasOption(value.of.args, one)))
  const said = (option: string | undefined): number | undefined => {
    const given = value.args.find(({ name }) => option !== undefined && name === option)?.value
    return given ? statusesOf(given)[0] : undefined
  }
  return (pack.refuses ?? [])
    .filter(({ of, only }) => of.test(value.path) && !letsAllPass(value) && (!only || has(only)))
    .map((one) => ({ one, other: one.otherwise?.findLast(({ said }) => isSaid(project, said)) }))
    .map(({ one, other }) => ({
      one,
      other,
      by: one.lacks ? [lacking(one.lacks, value)] : rowsByOption(one, (option) => has({ option, is: true })),
    }))
    .map(({ one: { raises, ...one }, other, by }) => ({
      ...one,
      // What is answered otherwise is no error that is raised.
      ...(raises === undefined || other ? {} : { raises }),
      when: by,
      status:
        one.where && has(one.where) ? one.where.status : (said(one.statusBy) ?? other?.status ?? one.status),
      ...(other?.by === undefined ? {} : { by: other.by }),
      isOff: has(one.unless) || (one.isOnlyByOption === true && by.length === 0),
      signsIn: one.asks === 'strategies' ? signInAnswers(value, project) : null,
      isOptional: (one.unless?.is !== undefined && has(one.unless)) || has(one.mayLack),
    }))
}

// "header:X-CSRF-Token": a part of the request, as conditions have it.
const lacking = (
  { option, otherwise, where }: NonNullable<Refusal['lacks']>,
  { args }: SymbolValue,
): Atom[] => {
  const [, place = '', name = ''] =
    /^(header|cookie|query|form|param):([^:,]+)/.exec(textOf(optionOf(args, option)) ?? '') ?? []
  const all = place && name ? `${place === 'param' ? 'path' : place}.${name}` : otherwise
  const absent = [all].flat().map((subject): Atom => ({ subject, op: 'absent' }))
  return where ? [...absent, where] : absent
}

const rowsByOption = ({ byOption = {} }: Refusal, has: (option: string) => boolean): Condition =>
  Object.entries(byOption).flatMap(([option, atom]) => (has(option) ? [[atom]] : []))

const saidIn = new WeakMap<Project, Map<RegExp, boolean>>()

// Whether any code of the program says so.
function isSaid(project: Project, said: RegExp): boolean {
  const known = saidIn.get(project) ?? new Map<RegExp, boolean>()
  saidIn.set(project, known)
  const found = known.get(said) ?? [...project.modules.values()].some(({ text }) => said.test(text))
  known.set(said, found)
  return found
}

/** Middleware from outside that code calls by itself refuses there: `passport.authenticate('jwt')(req, res, next)`. */
export function refuseByCall(
  interpreter: Interpreter,
  packs: readonly Pack[],
  callee: SymbolValue,
  site: Site,
): void {
  for (const pack of packs) {
    if (pack.language !== site.module.language) continue
    for (const refusal of knownRefusals(callee, pack, interpreter.project)) {
      const { asks, isOff, isOptional, signsIn } = refusal
      if (asks && !isOptional && !signsIn)
        interpreter.emit('sign-in', callee, null, site, {
          credentials: credentialsAsked(asks, callee, interpreter.project),
        })
      if (signsIn || (!isOff && refusal.status !== 0)) refuseAs(interpreter, refusal, callee, site)
    }
  }
}

/** What a refusal of something from outside is answered with, or raises. */
export function refuseAs(
  interpreter: Interpreter,
  { status, raises, madeWithStatus, fails, signsIn }: Refusal & Pick<KnownRefusal, 'signsIn'>,
  value: Value,
  site: Site,
): void {
  const refuse = (by: number) =>
    raises === undefined
      ? interpreter.emit('answer-error', value, by, site, { isFramework: true })
      : interpreter.raise(
          symbol(`${raises}()`, raises, {
            args: madeWithStatus ? [{ name: null, value: constant(by) }] : [],
          }),
          site,
        )
  const cases = signsIn ?? [{ status, when: whenRefusing(status, fails)[0] ?? [] }]
  for (const one of cases) {
    const answer = () =>
      one.status < 400
        ? interpreter.emit('respond', nothing, one.status, site, { isFramework: true })
        : refuse(one.status)
    if (one.when.length > 0) interpreter.within(one.when, answer)
    else answer()
  }
}

/** Whether a call was given an option, of one value or of any; `at`: its place among arguments without a name. */
export const hasOption = (
  args: readonly ArgValue[],
  { option, is, at }: { option: string; is?: boolean; at?: number },
) =>
  args.some(({ name, value }, index) => {
    // Go's settings are a struct of the package.
    const ofStruct = value.t === 'symbol' && value.path.endsWith('Config()') ? value.args : []
    const given =
      name === option || (name === null && index === at)
        ? value
        : value.t === 'object'
          ? value.props.get(option)
          : ofStruct.find((one) => one.name === option)?.value
    return is === undefined ? given !== undefined : given?.t === 'const' && given.v === is
  })
