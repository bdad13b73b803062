import { StateMark } from '@heavylift/ui'
import type { StateName } from '@heavylift/ui'
import type { AgentState } from '../../src/registry/catalogue-index.ts'

export const stateWords: Record<AgentState, { mark: StateName; word: string }> = {
  live: { mark: 'good', word: 'Live' },
  draft: { mark: 'idle', word: 'Draft' },
  paused: { mark: 'warn', word: 'Paused' },
  deprecated: { mark: 'warn', word: 'Deprecated' },
  retired: { mark: 'idle', word: 'Retired' },
}

export function AgentStateMark({ state, because }: { state: AgentState; because: string | null }) {
  const { mark, word } = stateWords[state]
  return (
    <span {...(because === null ? {} : { title: because })}>
      <StateMark state={mark}>{word}</StateMark>
    </span>
  )
}
