import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSampleStore } from '../../src/evals/assistant/sample-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'

test('what the README asks is answered by the sample store with what it asks for', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const asked = /-d '\{"message":"([^"]+)"\}'/.exec(readme)?.[1] ?? ''
  expect(asked).toBe('boots for wet trails under 150')
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-first-try-'))
  try {
    const { signal } = new AbortController()
    const store = await openSampleStore({ products: 1_200, seed: 7, folder, signal })
    const { answer } = await new Talker({ name: 'sample', store, policies: [] }, signal).say(asked, null, {})
    const [first] = answer.cards
    expect(first?.title).toMatch(/Hiking Boots$/)
    expect(first?.price.minor).toBeLessThan(15_000)
    expect(answer.text).toMatch(/^I would look at .* first|is the best match/)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)
