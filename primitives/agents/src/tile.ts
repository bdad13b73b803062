import type { Tile } from '@heavylift/core'
import { plural } from '@heavylift/core/text'
import type { AgentsContext } from './context.ts'

/** What the Agents tile on the home page says. */
export async function createTile(
  { agents, runs, registry, clock }: Pick<AgentsContext, 'agents' | 'runs' | 'registry' | 'clock'>,
  tenantId: string,
): Promise<Tile> {
  const [all, questions, last, { handovers, overdue }] = await Promise.all([
    agents.list(tenantId),
    runs.questions(tenantId, 20),
    runs.list({ tenantId, limit: 50 }),
    registry.owners.duties(tenantId),
  ])
  const live = all.filter((agent) => agent.live_version !== null && agent.paused_because === null)
  const dayMs = clock.nowMs() - 86_400_000
  return {
    state: 'running',
    headline:
      all.length === 0
        ? 'No agent yet. Describe one in the studio, or import one.'
        : `${plural(live.length, 'agent')} live${questions.length > 0 ? `, ${plural(questions.length, 'question')} for people` : ''}.`,
    number: { label: 'Agents live', value: live.length, unit: '' },
    decisionsToday: last.filter(({ created_ms: atMs }) => atMs > dayMs).length,
    needs: [
      ...questions.map(({ question, run_id: id }) => ({ text: question.ask, to: `/agents/runs/${id}` })),
      ...handovers.map(({ agent, from, to }) => ({
        text: `${to}: take over ${agent}, ${from} is gone.`,
        to: `/agents/registry/${agent}`,
      })),
      ...overdue.map(({ agent, reviewOn }) => ({
        text: `${agent} was to be looked at by ${reviewOn}.`,
        to: `/agents/registry/${agent}`,
      })),
    ],
    picture: { runs: last.slice(0, 5).map(({ id, agent, state }) => ({ id, agent, state })) },
  }
}
