import { escapeXml } from '@heavylift/core/text'
import { putTogether } from './common-drifts.ts'
import { isNote } from './compare-facts.ts'
import type { Drift } from './compare-facts.ts'

const ruleTexts: Record<Drift['kind'], string> = {
  changed: 'The code does something else than the spec says.',
  gone: 'The code does not do what the spec says any more.',
  unspecified: 'The code does what the spec does not say.',
  unproved: 'Nothing in the code proves any more what the spec says.',
}

/** Drifts for people, each once: what drifted in several operations alike names these. */
export function sayDrifts(drifts: readonly Drift[]): string[] {
  return putTogether(drifts).map(({ drift, operations }) =>
    operations.length === 0
      ? `${sayDrift(drift)}${drift.common === '' ? '' : `\n    said by: ${drift.common}`}`
      : `${sayDrift(drift)}\n    in: ${operations.join(', ')}`,
  )
}

/** One line a drift. */
export function sayDrift({ kind, requirement, before, after, evidence, usedBy }: Drift): string {
  const of = usedBy.length > 0 ? `, in ${usedBy.join(', ')}` : ''
  const place = evidence ? ` (${evidence.path}:${evidence.line}${of})` : ''
  if (kind === 'changed')
    return `changed      ${requirement}${place}\n    was: ${before ?? ''}\n    now: ${after ?? ''}`
  return `${kind.padEnd(12)} ${requirement}${place}\n    ${before ?? after ?? ''}`
}

/** One line for what code and spec both say by now and was agreed otherwise. */
export function saySettled({ requirement, before, after, evidence }: Drift): string {
  const place = evidence && after !== null ? ` (${evidence.path}:${evidence.line})` : ''
  return `agrees       ${requirement}${place}\n    agreed then: ${before ?? 'nothing'}\n    both now:    ${after ?? 'nothing'}`
}

// Of one operation several parts of the code may have changed.
const fingerprintOf = (drift: Drift): string =>
  [drift.kind, drift.factId, ...(drift.factKind === 'code' && !isNote(drift) ? [drift.cause] : [])].join(':')

/** SARIF 2.1.0, as code scanning of GitHub takes it. */
export function writeSarif(drifts: readonly Drift[], version: string): string {
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'heavylift spec check',
              version,
              rules: Object.entries(ruleTexts).map(([id, text]) => ({ id, shortDescription: { text } })),
            },
          },
          results: putTogether(drifts).map(({ drift, operations }) => ({
            ruleId: drift.kind,
            level: isNote(drift) ? 'note' : drift.kind === 'unspecified' ? 'warning' : 'error',
            message: {
              text: `${messageOf(drift)}${operations.length === 0 ? '' : ` (in ${operations.join(', ')})`}`,
            },
            // The same drift is the same alert, whatever lines come before it.
            partialFingerprints: { 'drift/v1': fingerprintOf(drift) },
            locations: drift.evidence
              ? [
                  {
                    physicalLocation: {
                      artifactLocation: {
                        uri: drift.evidence.path.split('/').map(encodeURIComponent).join('/'),
                      },
                      region: { startLine: Math.max(1, drift.evidence.line) },
                    },
                  },
                ]
              : [],
          })),
        },
      ],
    },
    null,
    2,
  )
}

/**
 * JUnit XML: a case for each requirement, failed where it drifted. What drifted in several operations by one change is one case of its own, which names them,
 * and an operation that drifted by nothing else is no other one.
 */
export function writeJunit(requirements: readonly string[], drifts: readonly Drift[]): string {
  const together = putTogether(drifts)
  const shared = together.filter(({ operations }) => operations.length > 0)
  const byRequirement = Map.groupBy(
    together.filter(({ operations }) => operations.length === 0).map(({ drift }) => drift),
    ({ requirement }) => requirement,
  )
  const told = new Set(shared.flatMap(({ operations }) => operations))
  const names = [...new Set([...requirements, ...byRequirement.keys()])]
    .filter((name) => byRequirement.has(name) || !told.has(name))
    .toSorted()
  const all = [
    ...shared.map(({ drift, operations }) => ({
      name: `${drift.requirement}: ${operations.join(', ')}`,
      own: [drift],
    })),
    ...names.map((name) => ({ name, own: byRequirement.get(name) ?? [] })),
  ]
  const cases = all.map(({ name, own }) => {
    const head = `    <testcase classname="spec" name="${escapeXml(name)}"`
    if (own.length === 0) return `${head}/>`
    const body = own.map(
      (drift) => `      <failure type="${drift.kind}" message="${escapeXml(messageOf(drift))}"/>`,
    )
    return `${head}>\n${body.join('\n')}\n    </testcase>`
  })
  const failures = all.filter(({ own }) => own.length > 0).length
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite name="spec" tests="${cases.length}" failures="${failures}">\n${cases.join('\n')}\n  </testsuite>\n</testsuites>\n`
}

function messageOf(drift: Drift): string {
  const { kind, requirement: name, before, after, usedBy } = drift
  if (isNote(drift)) return `${name}: ${after ?? ''}`
  const requirement = usedBy.length > 0 ? `${name} (in ${usedBy.join(', ')})` : name
  if (kind === 'changed') return `${requirement}: was “${before ?? ''}”, now “${after ?? ''}”`
  return `${requirement}: ${ruleTexts[kind]} ${before ?? after ?? ''}`
}

/** A workflow that checks the spec on every pull request and shows what drifted beside the lines. */
export const githubAction = `name: Spec
on: [pull_request]
permissions:
  contents: read
  security-events: write
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - run: npx heavylift spec check . --sarif spec.sarif --junit spec.xml
      - if: always()
        uses: github/codeql-action/upload-sarif@v3
        with:
          sarif_file: spec.sarif
`
