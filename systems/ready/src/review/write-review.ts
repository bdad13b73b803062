import { escapeXml } from '@heavylift/core/text'
import type { CheckResult, Review } from './review.ts'

const levels = { high: 'error', medium: 'warning', low: 'note' } as const

const isShown = ({ state }: CheckResult) => state === 'risk' || state === 'open' || state === 'waived'

/** SARIF 2.1.0 (OASIS): a result for each check that is not settled; waivers are suppressions. */
export function reviewSarif(review: Review): string {
  const rules = review.results.map(({ id, question, fix }) => ({
    id,
    shortDescription: { text: question },
    help: { text: fix },
  }))
  const results = review.results.filter(isShown).map((one) => ({
    ruleId: one.id,
    level: levels[one.risk],
    message: { text: `${one.question} ${one.evidence} ${one.fix} Owner: ${one.owner}.` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: one.place?.path ?? '.heavylift-review.yaml' },
          region: { startLine: one.place?.line ?? 1 },
        },
      },
    ],
    ...(one.waiver === null
      ? {}
      : {
          suppressions: [
            {
              kind: 'external',
              justification: `${one.waiver.by}, until ${one.waiver.until}: ${one.waiver.reason}`,
            },
          ],
        }),
  }))
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'Heavylift Ready review', rules } }, results }],
    },
    null,
    2,
  )}\n`
}

/** JUnit XML: a test case for each check; risks fail, what nobody answered or is waived is skipped. */
export function reviewJunit(review: Review): string {
  const cases = review.results.map((one) => {
    const name = `<testcase classname="${escapeXml(one.pillar)}" name="${escapeXml(`${one.id}: ${one.question}`)}"`
    const text = escapeXml(`${one.evidence} ${one.fix} Owner: ${one.owner}.`)
    if (one.state === 'risk') return `${name}><failure message="${text}"/></testcase>`
    if (one.state === 'ok' || one.state === 'not-applicable') return `${name}/>`
    return `${name}><skipped message="${text}"/></testcase>`
  })
  const { counts, results } = review
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="${escapeXml(review.lens)}" tests="${results.length}" failures="${counts.risk}" skipped="${counts.open + counts.waived}">
${cases.join('\n')}
</testsuite>
`
}
