import { plural } from '@heavylift/core/text'
import { isOperationTitle, ofAny } from '../requirements/common.ts'
import { factsPath } from '../facts/agreed-facts.ts'
import { factsOf } from '../facts/fact-set.ts'
import type { FactSet } from '../facts/fact-set.ts'
import type { CodeChange } from '../drift/code-change.ts'
import type { UnshownClaim } from '../check/unshown-claims.ts'

/** What of code and spec does not agree, beside what drifted from the agreed facts. */
export interface CheckFigures {
  operations: number
  drifts: number
  /** Places of the code that are not as they were, and may do the same, by which the check does not fail. */
  unsaid: number
  settled: number
  moved: number
  /** Whether the file of facts was written anew. */
  isRewritten: boolean
  claims: number
  unshown: readonly UnshownClaim[]
  /** Whether sentences that the code does not show fail the check. */
  isOfClaims: boolean
  /** ` at 0123456789ab`; empty without a commit. */
  at: string
}

/** Each sentence once, with the operations where several say it alike. */
export function sayUnshown(unshown: readonly UnshownClaim[]): string[] {
  const groups = Map.groupBy(unshown, ({ path, requirement, sentence }) =>
    JSON.stringify(
      isOperationTitle(requirement) ? ofAny(sentence, requirement) : [path, requirement, sentence],
    ),
  )
  return [...groups.values()].flatMap((own) => {
    const [first] = own
    if (!first) return []
    const { path, requirement, sentence } = first
    return own.length === 1
      ? `not shown by the code: ${path}: ${requirement}\n  ${sentence}`
      : `not shown by the code: ${own.map((one) => one.requirement).join(', ')}\n  ${ofAny(sentence, requirement)}`
  })
}

/** What a check cannot see, since no code of it was read. */
export function sayUnseen({ facts }: FactSet): string[] {
  if (facts.length === 0)
    return [
      'Nothing was read here that could drift, so no change is seen: `heavylift spec extract` says why.',
    ]
  const described = factsOf(facts, 'operation').filter(
    ({ grade, evidence: [first] }) => grade === 'declared' && /\.(?:json|ya?ml)$/.test(first?.path ?? ''),
  )
  return described.length === 0
    ? []
    : [
        `Of ${plural(described.length, 'operation')} nothing but a description was read (${described[0]?.evidence[0]?.path ?? ''}): what ${described.length === 1 ? 'its' : 'their'} code does may change unseen.`,
      ]
}

/** Changes of code that no operation that is known comes to: they are no drift, and may matter. */
export function sayElsewhere(changes: readonly CodeChange[]): string[] {
  if (changes.length === 0) return []
  const more = changes.length - shownElsewhere
  return [
    `${plural(changes.length, 'change')} of code that no operation is known to come to (no drift; a library may call it):`,
    ...changes
      .slice(0, shownElsewhere)
      .flatMap(({ path, lines, was, is }) => [
        `  ${path}:${lines[0] ?? 0}`,
        `    was: ${was}`,
        `    now: ${is}`,
      ]),
    ...(more > 0 ? [`  and ${more} more; \`--json\` has all.`] : []),
  ]
}
const shownElsewhere = 10

/** What a check comes to, and the one command that is left for each thing that is. */
export function sayVerdict(of: CheckFigures): string[] {
  const { operations, drifts, unsaid, settled, moved, isRewritten, claims, unshown, isOfClaims, at } = of
  const all = plural(operations, 'operation')
  const evidence = moved > 0 ? `, evidence of ${plural(moved, 'fact')} moved` : ''
  const first =
    operations === 0 && drifts === 0 && claims === 0
      ? 'Nothing was checked: no operation is known. `heavylift spec extract` says which frameworks it found, and what it could not read.'
      : drifts > 0
        ? `${plural(drifts, 'drift')}${at}. Mend the code, or take what it does for agreed: \`heavylift spec check --accept --by NAME\`.`
        : unshown.length === 0
          ? unsaid > 0
            ? `No sentence drifted, but ${plural(unsaid, 'change')} of the code ${unsaid === 1 ? 'is' : 'are'} told by none: ${all}${evidence}.`
            : `Code and spec agree: ${all}${evidence}.`
          : `The code does what was agreed, and the spec says more: ${all}${evidence}.`
  const older =
    settled > 0
      ? `Of ${plural(settled, 'thing')} the spec says by now what the code does; what was agreed is older. \`heavylift spec check --accept --by NAME\` writes that down.`
      : null
  const silent =
    unsaid > 0
      ? `${plural(unsaid, 'change')} of the code that no sentence tells of ${unsaid === 1 ? 'is' : 'are'} above: \`--strict\` fails by ${unsaid === 1 ? 'it' : 'them'}, \`--accept\` agrees on ${unsaid === 1 ? 'it' : 'them'}.`
      : null
  const shown = `${claims - unshown.length} of ${plural(claims, 'sentence')} of the spec follow from the code.`
  return [
    first,
    ...(isRewritten
      ? [
          `\`${factsPath}\` was written anew: it says what it said, with the places and names that the code has now.`,
        ]
      : []),
    ...(older === null ? [] : [older]),
    ...(silent === null ? [] : [silent]),
    ...(unshown.length > 0 && !isOfClaims
      ? [`${shown} \`heavylift spec check --claims\` names the others, and fails by them.`]
      : isOfClaims
        ? [shown, ...(['reworded', 'asked', 'own'] as const).flatMap((why) => sayWhy(why, unshown))]
        : []),
  ]
}

const ways: Record<UnshownClaim['why'], (one: boolean) => string> = {
  reworded: (one) =>
    `${one ? 'is' : 'are'} as \`heavylift spec write\` wrote ${one ? 'it' : 'them'} before; written again, ${one ? 'it says' : 'they say'} what the code does now.`,
  asked: (one) =>
    `${one ? 'asks' : 'ask'} for what the code does not do: \`heavylift spec plan\` says what is to do, \`heavylift spec build\` has it done.`,
  own: (one) =>
    `${one ? 'is' : 'are'} worded by people: no fact of the code says just ${one ? 'this' : 'these'}, so a test has to.`,
}

function sayWhy(why: UnshownClaim['why'], unshown: readonly UnshownClaim[]): string[] {
  const count = unshown.filter((one) => one.why === why).length
  return count === 0 ? [] : [`${count} ${ways[why](count === 1)}`]
}
