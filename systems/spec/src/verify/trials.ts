import type { Fact, FactOf } from '../facts/fact.ts'
import { sayFact } from '../requirements/say-fact.ts'
import { fieldsOf, subjectsOf } from './base-request.ts'
import type { Draft, Subject } from './base-request.ts'
import { fulfil, set } from './fulfil.ts'
import type { Fulfilled } from './fulfil.ts'
import type { Means } from './means.ts'
import { breaking } from './sample.ts'

export const claimKinds = ['operation', 'error', 'guard', 'parameter', 'answer'] as const

/** One thing that the spec says of an operation, and a request in whose case it says it. */
export interface Trial {
  kind: (typeof claimKinds)[number]
  operation: string
  fact: string
  says: string
  /** `refused`: any status from 400 to 499. `routed`: anything but what the service answers of a path that it has not. */
  expects: number | 'refused' | 'routed'
  /** Fields that the answer has to have at its top. */
  fields: string[]
  /** Text that the answer has where the code says it. */
  message: string
  draft: Draft | null
  /** Why there is no request. */
  why: string
  /** The case asks more of the service than the request decides. */
  isPresumed: boolean
}

/** Every claim of a spec about what its operations take and answer. What is only asked (`open`) is none. */
export function trialsOf(facts: readonly Fact[], means: Means): { subjects: Subject[]; trials: Trial[] } {
  const subjects = subjectsOf(facts, means)
  const of = Map.groupBy(
    facts.filter((fact) => 'operation' in fact),
    (fact) => ('operation' in fact ? fact.operation : ''),
  )
  const trials = subjects.flatMap((subject) => {
    const own = of.get(subject.operation.id) ?? []
    return [routed(subject), ...own.flatMap((fact) => ofFact(fact, subject, means))]
  })
  return {
    subjects,
    trials: trials.map((trial) =>
      means.leaveOut.includes(trial.operation) ? { ...trial, draft: null, why: 'it is left out' } : trial,
    ),
  }
}

const base = ({ operation, title }: Subject, fact: Fact, kind: Trial['kind']) => ({
  kind,
  operation: title,
  fact: fact.id,
  says: sayFact(fact, title),
  fields: [],
  message: '',
  why: '',
  isPresumed: false,
  ...(operation.isBelow && { draft: null, why: 'it is not known below what it stands' }),
})

const routed = (subject: Subject): Trial => ({
  draft: subject.fit,
  ...base(subject, subject.operation, 'operation'),
  expects: 'routed',
})

function ofFact(fact: Fact, subject: Subject, means: Means): Trial[] {
  if (fact.grade === 'open') return []
  switch (fact.kind) {
    case 'error':
      return [{ ...meeting(fact, subject, means, 'error'), expects: fact.status, message: fact.message }]
    case 'guard':
      return fact.isOptional ? [] : [ofGuard(fact, subject, means)]
    case 'response':
      return [
        {
          ...meeting(fact, subject, means, 'answer'),
          expects: fact.status,
          fields: fieldsOf(fact.shape, subject.models)
            .filter(({ isRequired }) => isRequired)
            .map(({ name }) => name),
        },
      ]
    case 'parameter':
      return ofInput(fact, subject, `${fact.in}.${fact.name}`, fact.in === 'path')
    case 'body':
      return [
        ...(fact.isRequired && fieldsOf(fact.shape, subject.models).some(({ isRequired }) => isRequired)
          ? [
              refusedWith(fact, subject, `${subject.title} requires a body`, (draft) => {
                draft.body = undefined
                return 'met' as const
              }),
            ]
          : []),
        ...fieldsOf(fact.shape, subject.models).flatMap((field) =>
          ofInput({ ...fact, ...field }, subject, `body.${field.name}`, false),
        ),
      ]
    default:
      return []
  }
}

function meeting(
  fact: FactOf<'error'> | FactOf<'response'> | FactOf<'guard'>,
  subject: Subject,
  means: Means,
  kind: Trial['kind'],
): Omit<Trial, 'expects'> {
  const said = base(subject, fact, kind)
  if (said.why !== '') return { draft: null, ...said }
  let why = 'it never holds'
  let presumed: Draft | null = null
  for (const row of fact.condition) {
    const draft = structuredClone(subject.fit)
    const done = row.map((atom): Fulfilled => fulfil(draft, atom, subject, means))
    const not = done.find((one) => typeof one === 'object')
    if (not) why = not.why
    else if (done.includes('presumed')) presumed ??= draft
    else return { ...said, draft }
  }
  return { ...said, draft: presumed, why: presumed ? '' : why, isPresumed: presumed !== null }
}

function ofGuard(fact: FactOf<'guard'>, subject: Subject, means: Means): Trial {
  const expects = fact.status ?? 'refused'
  const met = meeting(fact, subject, means, 'guard')
  if (!met.draft) return { ...met, expects }
  if (fact.guard === 'authentication')
    return { ...met, expects, draft: { ...met.draft, caller: subject.nobody } }
  const without = means.callers.find((caller) => !fact.roles.some((role) => caller.roles.includes(role)))
  if (fact.guard === 'role' && fact.roles.length > 0 && without)
    return { ...met, expects, draft: { ...met.draft, caller: without } }
  return {
    ...met,
    expects,
    draft: null,
    why:
      fact.guard === 'role'
        ? `nobody is given without ${fact.roles.join(', ') || 'the role'}`
        : `a guard of ${fact.guard}`,
  }
}

interface Input {
  id: string
  isRequired: boolean
  constraints: FactOf<'parameter'>['constraints']
  condition: Fact['condition']
}

/** That an input is required, and each of its bounds. */
function ofInput(fact: Input & Fact, subject: Subject, place: string, isPath: boolean): Trial[] {
  const one = (says: string, value: unknown) =>
    refusedWith(fact, subject, `${subject.title} ${says}`, (draft) => set(draft, place, value))
  return [
    ...(fact.isRequired && !isPath ? [one(`requires ${place}`, undefined)] : []),
    ...fact.constraints.map((bound) => {
      const value = breaking(bound)
      const says = `asks of ${place} ${bound.keyword} ${JSON.stringify(bound.value)}`
      return value === undefined
        ? { ...one(says, 'unused'), draft: null, why: 'no value is known that breaks it' }
        : one(says, value)
    }),
  ]
}

function refusedWith(fact: Fact, subject: Subject, says: string, change: (draft: Draft) => Fulfilled): Trial {
  const said = { ...base(subject, fact, 'parameter'), says, expects: 'refused' as const }
  if (said.why !== '') return { draft: null, ...said }
  if (fact.condition.length > 0 && fact.condition.every((row) => row.length > 0))
    return { ...said, draft: null, why: 'it is so only where more holds' }
  const draft = structuredClone(subject.fit)
  const done = change(draft)
  return typeof done === 'object' ? { ...said, draft: null, why: done.why } : { ...said, draft }
}
