import { formatPercent, formatTime } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'

export interface Evidence {
  step: 'forecast' | 'load' | 'limit' | 'fault' | 'review' | 'buy'
  decisionId: string
  subject: string
  said: string
  came: string | null
  error: number | null
  atMs: number
}

export const evidenceColumns: Column<Evidence>[] = [
  { key: 'step', title: 'Step', width: '84px', render: ({ step }) => step },
  { key: 'subject', title: 'Of', width: '190px', isSecondary: true, render: ({ subject }) => subject },
  { key: 'said', title: 'Said', render: ({ said }) => said },
  { key: 'came', title: 'Came', render: ({ came }) => came ?? 'nothing yet' },
  {
    key: 'error',
    title: 'Off by',
    width: '84px',
    isNumber: true,
    sortBy: ({ error }) => (error === null ? null : Math.abs(error)),
    render: ({ error }) => (error === null ? '' : formatPercent(error)),
  },
  {
    key: 'at',
    title: 'When',
    width: '150px',
    isSecondary: true,
    sortBy: ({ atMs }) => atMs,
    render: ({ atMs }) => formatTime(atMs),
  },
]
