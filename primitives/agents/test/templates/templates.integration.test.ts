import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSample } from '../../src/templates/load-sample.ts'
import { openScene } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'

describe('templates', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await openScene()
    await loadSample(scene.agents, 'main', () => undefined)
  })
  afterAll(() => scene.close())

  it('are published as agents that run on the data that comes with them, once [AGENTS-SAMPLE-01]', async () => {
    const all = await scene.agents.templates.list()
    expect(all.length).toBeGreaterThanOrEqual(9)
    for (const { name } of all) {
      await expect
        .poll(async () => (await scene.agents.runs.find('main', `sample-${name}-1`)).state, {
          timeout: 30_000,
        })
        .toMatch(/done|waiting/)
    }
    const sampleRuns = async () =>
      (await scene.agents.runs.list({ tenantId: 'main', limit: 100 })).filter(
        ({ trigger }) => trigger.kind !== 'case',
      )
    const before = await sampleRuns()
    await loadSample(scene.agents, 'main', () => undefined)
    expect(await sampleRuns()).toHaveLength(before.length)
  })

  it('keep their first example as a case, which passes [AGENTS-SAMPLE-01]', async () => {
    const { evaluations } = scene.agents
    await expect
      .poll(
        async () =>
          (await evaluations.list('main', { limit: 50 }))
            .map(({ agent, state }) => `${agent} ${state}`)
            .toSorted(),
        {
          timeout: 30_000,
        },
      )
      .toEqual(
        expect.arrayContaining(['classification passed', 'documentation passed', 'reconciliation passed']),
      )
  })

  it('come to what their sample data means [AGENTS-SAMPLE-01]', async () => {
    const result = async (name: string) => {
      const row = await scene.agents.runs.find('main', `sample-${name}-1`)
      return row.output === null ? null : await scene.agents.runs.read(row.output)
    }
    expect(await result('reconciliation')).toEqual({
      paid: 2,
      different: [{ id: 'R-1002', cents: 4550, state: 'different' }],
      missing: [{ id: 'R-1003', cents: 80000, state: 'missing' }],
      unknown: [{ invoice: 'R-0999', cents: 300 }],
    })
    expect(await result('stand-up-notes')).toMatchObject({
      blocked: ['Ben: no access to the price service'],
      nothingDone: ['Ben'],
    })
    expect(await result('documentation')).toEqual({
      missing: ['Drafts'],
      stale: [{ page: 'docs/files.md', names: ['readFileOld'] }],
      covered: 3,
      exports: 4,
    })
    expect(await result('classification')).toMatchObject({ counts: { delivery: 2, return: 1, invoice: 1 } })
    const questions = await scene.agents.runs.questions('main', 100)
    expect(questions.map(({ run_id: id }) => id).toSorted()).toEqual([
      'sample-alert-triage-1',
      'sample-design-review-1',
      'sample-security-compliance-1',
    ])
  })
})
