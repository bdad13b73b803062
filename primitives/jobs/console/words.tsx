import { StateMark } from '@heavylift/ui'
import type { JobSummary, NodeSummary } from '../src/service/job-summary.ts'

const jobStates = {
  waiting: { mark: 'warn', word: 'Waiting' },
  running: { mark: 'busy', word: 'Running' },
  done: { mark: 'good', word: 'Done' },
  cancelled: { mark: 'idle', word: 'Cancelled' },
  failed: { mark: 'bad', word: 'Failed' },
  stopped: { mark: 'warn', word: 'Stopped' },
} as const

export function JobState({ job }: { job: Pick<JobSummary, 'state'> }) {
  const { mark, word } = jobStates[job.state]
  return <StateMark state={mark}>{word}</StateMark>
}

const nodeStates = {
  working: { mark: 'good', word: 'Working' },
  idle: { mark: 'idle', word: 'Idle' },
  drained: { mark: 'bad', word: 'Drained' },
  lost: { mark: 'bad', word: 'Gone' },
} as const

export function NodeState({ node }: { node: Pick<NodeSummary, 'state'> }) {
  const { mark, word } = nodeStates[node.state]
  return <StateMark state={mark}>{word}</StateMark>
}

export function isLive({ state }: Pick<JobSummary, 'state'>): boolean {
  return state === 'running' || state === 'waiting'
}

export const executorNames = { local: 'this machine', slurm: 'Slurm' } as const
