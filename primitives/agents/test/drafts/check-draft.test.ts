import { describe, expect, it } from 'vitest'
import { checkDraft } from '../../src/drafts/check-draft.ts'
import { AgentOffers } from '../../src/offers.ts'
import { Templates } from '../../src/templates/templates.ts'

const text = (second: string) => `schema: heavylift.agent/1
name: a
title: A
input: { type: object, required: [n], properties: { n: { type: integer } } }
steps:
  - id: one
    kind: set
    value: { twice: "\${input.n * 2}" }
  - id: two
    kind: branch
    after: [one]
    cases:
      - id: big
        when: ${second}
`
const says = (given: string) =>
  checkDraft(given).map(({ line, column, message }) => `${line}:${column} ${message}`)

describe('a draft that is checked', () => {
  it('has its names and types at the place of the fault inside an expression [AGENTS-FILE-02]', () => {
    expect(says(text('steps.one.output.twice > 4'))).toEqual([])
    expect(says(text('steps.one.output.twise > 4'))[0]).toMatch(/^14:\d+ .*twice/)
    expect(says(text('steps.oen.output.twice > 4'))[0]).toMatch(/^14:\d+ .*one/)
    expect(says(text("input.n > 'x'"))[0]).toMatch(/^14:\d+ /)
    expect(says(text('input.n > 1').replace('[one]', '[oen]'))[0]).toMatch(/^11:\d+ .*one/)
    const [fault] = checkDraft(text('steps.one.output.twice > 4 && inptu.n > 2'))
    expect(fault).toMatchObject({ line: 14 })
    expect(fault!.column).toBeGreaterThan(15)
  })

  it('has nothing to mend in any template [AGENTS-SAMPLE-01]', async () => {
    for (const { name, text: file } of await new Templates(new AgentOffers()).list())
      expect(says(file), name).toEqual([])
  })
})
