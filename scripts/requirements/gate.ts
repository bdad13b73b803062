import type { Requirement } from '../../docs/requirements/requirement.ts'

/** A test file and its text. */
export interface TestFile {
  path: string
  text: string
}

export interface GateReport {
  /** Each says which id and what to do. Empty when the gate passes. */
  problems: string[]
  proven: number
  open: Requirement[]
}

const idForm = /^[A-Z]+(-[A-Z]+)*-\d\d$/

/**
 * Checks requirements against what tests cite. Fails on an id that is used twice or misshapen, an id that no test cites and that
 * is not open, an open one that is cited (it is proven: close it), and a citation of an id that does not exist.
 */
export function checkRequirements(
  requirements: readonly Requirement[],
  tests: readonly TestFile[],
): GateReport {
  const citations = new Map<string, string[]>()
  for (const { path, text } of tests) {
    for (const [, id = ''] of text.matchAll(/\[([A-Z]+(?:-[A-Z]+)*-\d\d)\]/g)) {
      citations.set(id, [...(citations.get(id) ?? []), path])
    }
  }
  const problems: string[] = []
  const known = new Set<string>()
  for (const { id, status } of requirements) {
    if (!idForm.test(id)) problems.push(`${id}: an id is AREA-TOPIC-NN.`)
    if (known.has(id)) problems.push(`${id}: used twice.`)
    known.add(id)
    const cited = citations.get(id)
    if (status === 'open' && cited !== undefined) {
      problems.push(`${id}: open, but ${cited[0]} cites it. Remove its status, or the citation.`)
    }
    if (status === undefined && cited === undefined) {
      problems.push(
        `${id}: no test cites it. Cite it in the title of the test that proves it, or mark it open.`,
      )
    }
  }
  for (const [id, paths] of citations) {
    if (!known.has(id)) problems.push(`${id}: cited in ${paths[0]}, but there is no such requirement.`)
  }
  const open = requirements.filter(({ status }) => status === 'open')
  return { problems, proven: requirements.length - open.length, open }
}
