import { ModelDirectory } from '@heavylift/models'
import type { ChatMessage } from '@heavylift/models'
import { describe, expect, it } from 'vitest'
import { checkDraft } from '../../src/drafts/check-draft.ts'
import { describeAgent } from '../../src/drafts/describe.ts'

const file = (value: string) =>
  `schema: heavylift.agent/1\nname: x\ntitle: X\nsteps:\n  - { id: a, kind: set, value: "${value}" }\n`

/** A model that says these one after the other, and keeps what it was asked. */
function scripted(...answers: string[]) {
  const asked: ChatMessage[][] = []
  const models = new ModelDirectory()
  models.attach(() => ({
    name: 'scripted',
    complete: async function* complete(messages) {
      asked.push([...messages])
      yield { type: 'text', text: answers[asked.length - 1] ?? '' }
      yield { type: 'done', finishReason: 'stop', usage: null }
    },
  }))
  return { models, asked }
}

const options = {
  name: 'greeter',
  tenantId: 'main',
  signal: new AbortController().signal,
  check: async (text: string) => checkDraft(text),
}

describe('an agent that is described', () => {
  it('is drafted by a model, checked, and given back with its problems until they are mended [AGENTS-STUDIO-05]', async () => {
    const { models, asked } = scripted(
      'Here: ```yaml\n' + file('${inptu.name}') + '```',
      '```yaml\n' + file('${input.name}') + '```',
    )
    const { text, problems } = await describeAgent(models, 'greet people', options)
    expect(problems).toEqual([])
    expect(text).toBe(file('${input.name}').replace('name: x', 'name: greeter'))
    expect(asked).toHaveLength(2)
    expect(JSON.stringify(asked[1])).toContain('input')
    expect(asked[1]?.at(-1)?.content).toMatch(/line 5: /)
  })

  it('says so where there is no model, and where the model writes no definition', async () => {
    await expect(describeAgent(new ModelDirectory(), 'greet', options)).rejects.toMatchObject({
      code: 'no-model',
    })
    const { models } = scripted('I cannot.', 'Sorry.', 'No.')
    await expect(describeAgent(models, 'greet', options)).rejects.toMatchObject({
      code: 'description-failed',
    })
  })
})
